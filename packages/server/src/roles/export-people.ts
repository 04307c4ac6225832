import { Readable } from 'node:stream';
import { officialInstant } from '@keshen/rules';
import { writeXlsxStream } from 'hucre/xlsx';
import type { By } from '../platform/audit/attempt.ts';
import { eventBy } from '../platform/audit/attempt.ts';
import type { Context } from '../platform/context.ts';
import * as store from './store.ts';
import { grantView } from './words.ts';

const COLUMNS = [
  { header: '姓名', key: 'name', width: 16 },
  { header: '登录名', key: 'login', width: 20 },
  { header: '账号', key: 'standing', width: 10 },
  { header: '两步验证', key: 'factor', width: 12 },
  { header: '角色', key: 'role', width: 16 },
  { header: '任职', key: 'place', width: 40 },
  { header: '起', key: 'from', width: 22 },
];

/** Who holds which role, one line a role: for the review of rights that is due every half year (GB/T 22239 level 3). */
export async function exportPeople(
  { db, log }: Context,
  by: By,
  filter: Omit<store.PeopleFilter, 'page' | 'pageSize'>,
): Promise<Readable> {
  const people = await store.allPeople(db, filter);
  const grants =
    people.length > 0
      ? await store.grantsOf(
          db,
          people.map(({ id }) => id),
        )
      : [];
  await db.transaction().execute((trx) =>
    log(trx, {
      ...eventBy(by, { action: 'readPeople', subject: { kind: 'people', id: 'list' } }, 'securityAdministrator'),
      outcome: 'done',
      detail: { people: people.length },
    }),
  );
  const rows = people.flatMap((person) => {
    const held = grants.filter(({ personId, endedAt }) => personId === person.id && endedAt === null).map(grantView);
    const said = [
      person.name,
      person.login,
      person.disabledAt ? '已停用' : '可用',
      person.secondFactorAt ? '已启用' : '未启用',
    ];
    return held.length === 0
      ? [[...said, '', '', '']]
      : held.map(({ label, place, grantedAt }) => [...said, label, place, officialInstant(grantedAt.getTime())]);
  });
  return Readable.fromWeb(writeXlsxStream(rows, { name: '人员与角色', columns: COLUMNS, freezePane: { rows: 1 } }));
}
