import { addPerson, authorityExists, findDepartmentByName, isRole, temporaryPassword } from '../accounts/index.ts';
import type { Context } from '../platform/context.ts';
import type { Grant } from '../platform/db/actors.ts';
import { transact } from '../platform/db/transact.ts';
import { readArguments, UsageError, type Arguments } from './arguments.ts';
import { refuse, withContext } from './with-context.ts';

const ROLES = ['recommendingDepartment', 'programmeOfficer', 'serviceCentre', 'integrityOfficer'] as const;

/** Makes a person of an authority or of one of its recommending departments, with a temporary password that is shown once. */
export async function run(args: string[]): Promise<number> {
  const given = readArguments(args, ['login', 'name', 'role', 'authority', 'department']);
  const role = given.option('role');
  if (!isRole(role) || !ROLES.some((one) => one === role)) throw new UsageError(`--role 只能是：${ROLES.join('、')}`);
  return withContext(async (context) => {
    const scope = await scopeOf(context, role === 'recommendingDepartment', given);
    if (typeof scope === 'string') return refuse(scope);
    const password = temporaryPassword();
    const person = {
      login: given.option('login'),
      name: given.option('name'),
      password,
      temporary: true,
      grant: { role, ...scope },
      at: context.clock.now(),
    };
    const result = await transact(context.db, (trx) => addPerson(trx, context.log, person));
    if (!result.ok) return refuse(result.refusal.message, result.refusal.remedy);
    console.log(`已建立账号 ${person.login}（${person.name}）。一次性初始密码（只显示这一次）：${password}`);
    return 0;
  });
}

async function scopeOf(
  { db }: Context,
  ofDepartment: boolean,
  { option }: Arguments,
): Promise<Pick<Grant, 'authorityId' | 'departmentId'> | string> {
  const authorityId = option('authority');
  if (!(await authorityExists(db, authorityId)))
    return `没有“${authorityId}”：应与 calls/*/call.yaml 中的 authority 一致。`;
  if (!ofDepartment) return { authorityId };
  const name = option('department');
  const department = await findDepartmentByName(db, authorityId, name);
  return department ? { authorityId, departmentId: department.id } : `${authorityId}没有名为“${name}”的推荐部门。`;
}
