import { addPerson, findAccount, grantRole, isRole } from '../accounts/index.ts';
import { transact } from '../platform/db/transact.ts';
import { readArguments, UsageError } from './arguments.ts';
import { askPassword } from './ask-password.ts';
import { refuse, withContext } from './with-context.ts';

const ROLES = ['systemAdministrator', 'securityAdministrator', 'auditAdministrator'];

/** Makes one of the three administrators, or gives the role to a person who has an account. There is no default password. */
export async function run(args: string[]): Promise<number> {
  const { option, optional } = readArguments(args, ['login', 'name', 'role']);
  const role = optional('role') ?? 'systemAdministrator';
  if (!isRole(role) || !ROLES.includes(role)) throw new UsageError(`--role 只能是：${ROLES.join('、')}`);
  const login = option('login');
  return withContext(async (context) => {
    const at = context.clock.now();
    const known = await findAccount(context.db, login);
    const name = known ? known.name : option('name');
    const password = known ? '' : await askPassword();
    const result = await transact(context.db, (trx) =>
      known
        ? grantRole(trx, context.log, { login, role, at })
        : addPerson(trx, context.log, { login, name, password, temporary: false, grant: { role }, at }),
    );
    if (!result.ok) return refuse(result.refusal.message, result.refusal.remedy);
    console.log(known ? `${name}（${login}）已任此职。` : `已建立账号 ${login}（${name}）。`);
    return 0;
  });
}
