import { join } from 'node:path';
import { sql } from 'kysely';
import { connectAsOwner, type DatabaseAddress } from '../../packages/server/src/platform/db/connect.ts';
import { startEmbedded } from '../../packages/server/src/platform/db/embedded.ts';
import type { Db } from '../../packages/server/src/platform/db/schema.ts';

const ORGANISATIONS = 200;

type Queue = { call: string; applicant: string; mark: string; rows: number };

export const QUEUE: Queue = {
  call: 'liaoning-2026-international',
  applicant: 'shenbao-liaoning',
  mark: 'BENCH',
  rows: 6_000,
};

/** The cookie of a demonstration person. */
export async function signIn(address: string, login: string): Promise<string> {
  const answer = await fetch(`${address}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-keshen': '1', origin: address },
    body: JSON.stringify({ login, password: 'keshen-yanlian' }),
  });
  if (!answer.ok) throw new Error(`sign in: ${answer.status}`);
  return answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
}

/** The server's database as whoever owns the tables: no wall stands before it, and it may gather statistics. */
export async function asOwner(data: string): Promise<{ address: DatabaseAddress; db: Db }> {
  const { host, port, user, database } = await startEmbedded(join(data, 'database'));
  const address = { host, port, user, database };
  return { address, db: connectAsOwner(address, 1) };
}

/** Applications that one department has recommended: rows as the list reads them; what stands in them is not asked for here. */
export async function fillQueue(db: Db, { call, applicant, mark, rows }: Queue): Promise<void> {
  await sql`
    insert into organisation (authority_id, department_id, uscc, name, kind, legal_person, registered_on, division,
      legal_representative, contact_name, contact_phone, state, demonstration)
    select o.authority_id, o.department_id, ${mark} || n, '示例单位' || n, o.kind, true, o.registered_on, o.division,
      '某某', '某某', o.contact_phone, 'approved', true
    from organisation o join role_grant g on g.organisation_id = o.id join person p on p.id = g.person_id,
      generate_series(1, ${ORGANISATIONS}) n
    where p.login = ${applicant}`.execute(db);
  await sql`
    insert into application (number, round_id, filled_under, organisation_id, department_id, applicant_id, state, title, topic,
      submitted_at, created_at, updated_at, finding_kinds)
    select ${mark} || '-' || lpad(n::text, 6, '0'), r.id, r.checksum, o.id, o.department_id, p.id, 'recommended',
      (array['海水淡化膜', '储能材料', '五轴加工', '草莓种苗', '海上风电', '疫苗佐剂'])[1 + n % 6] || '关键技术联合研究之' || n,
      'T' || n % 8, now() - n * interval '1 minute', now() - interval '9 days', now() - n * interval '7 seconds',
      case n % 5 when 0 then '{person}'::text[] when 1 then '{explained}'::text[] else '{}'::text[] end
    from generate_series(1, ${rows}) n
    join organisation o on o.uscc = ${mark} || (1 + n % ${ORGANISATIONS})
    join round r on r.call_key = ${call} and r.mode = 'rehearsal'
    join person p on p.login = ${applicant}`.execute(db);
  await sql`analyze`.execute(db);
}
