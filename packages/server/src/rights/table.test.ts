import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  type Asking,
  decide,
  type HeldRole,
  may,
  permissionInWords,
  permissionRows,
  type Placed,
  type Right,
  RIGHT_KEYS,
  rightDefinition,
  type Role,
  ROLES,
  SUBJECTS,
  subjectOf,
} from '@keshen/rules';
import { expect, test } from 'vitest';

const ROLE_KEYS = Object.keys(ROLES) as Role[];
const HERE = { authorityId: 'A', departmentId: 'd', organisationId: 'o' };
const RECORDS: Record<string, Placed> = {
  own: { ...HERE, applicantId: 'me', coEditorIds: ['guest'] },
  otherPerson: { ...HERE, applicantId: 'somebody', coEditorIds: [] },
  otherOrganisation: { ...HERE, organisationId: 'o2', applicantId: 'somebody', coEditorIds: [] },
  otherDepartment: { ...HERE, departmentId: 'd2', organisationId: 'o3', applicantId: 'somebody', coEditorIds: [] },
  otherAuthority: {
    authorityId: 'B',
    departmentId: 'x',
    organisationId: 'y',
    applicantId: 'somebody',
    coEditorIds: [],
  },
};
const grantOf = (role: Role): HeldRole =>
  role.endsWith('Administrator') && role !== 'organisationAdministrator' ? { role } : { role, ...HERE };
const ASKING: Record<string, Asking | undefined> = {
  nobody: undefined,
  coEditor: { personId: 'guest', grants: [grantOf('applicant')] },
  withoutRole: { personId: 'me', grants: [] },
  ...Object.fromEntries(ROLE_KEYS.map((role) => [role, { personId: 'me', grants: [grantOf(role)] }])),
};
/** What each scope reaches of the records above, said here a second time: for whoever is asked in the role itself. */
const REACHED: Record<string, readonly string[]> = {
  own: ['own'],
  shared: ['own'],
  organisation: ['own', 'otherPerson'],
  department: ['own', 'otherPerson', 'otherOrganisation'],
  authority: ['own', 'otherPerson', 'otherOrganisation', 'otherDepartment'],
  installation: Object.keys(RECORDS),
};

/** The page is the table as people agreed on it; what the code decides is held against it, cell by cell. */
const page = readFileSync(fileURLToPath(new URL('../../../../docs/permissions.md', import.meta.url)), 'utf8');
const lines = new Set(page.split('\n').map((line) => line.replaceAll(/\s+/g, ' ')));
const inPage = (right: Right, asked: string, record: string, state: string | undefined): boolean =>
  permissionRows().some((row) => {
    if (row.right !== right) return false;
    const said = permissionInWords(row);
    const cells = `| ${said.label} \`${right}\` | ${said.role}${row.never.map((role) => `；${ROLES[role]}除外`).join('')} | ${said.scope} | ${said.states} |`;
    if (!lines.has(cells)) throw new Error(`docs/permissions.md does not say: ${cells}`);
    if (row.role === 'anybody') return true;
    if (asked === 'nobody') return false;
    if (row.role === 'signedIn') return record === 'own' && asked !== 'coEditor';
    // Who runs the house belongs to no authority.
    if (/^(system|security|audit)/.test(asked) && row.scope !== 'installation') return false;
    if (row.role !== (asked === 'coEditor' ? 'applicant' : asked)) return false;
    const reached = asked === 'coEditor' && row.scope === 'own' ? [] : (REACHED[row.scope] ?? []);
    return reached.includes(record) && (row.states === 'all' || (state !== undefined && row.states.includes(state)));
  });

test('every cell: each right, in each state, for each role, over own, other people’s and other houses’ records', () => {
  let cells = 0;
  let given = 0;
  for (const right of RIGHT_KEYS) {
    const states: readonly (string | undefined)[] = SUBJECTS[subjectOf(right)].states;
    for (const state of states.length > 0 ? states : [undefined]) {
      for (const [asked, asking] of Object.entries(ASKING)) {
        for (const [record, placed] of Object.entries(RECORDS)) {
          const decided = may(asking, right, { ...placed, ...(state !== undefined && { state }) });
          expect({ right, state, asked, record, may: decided }).toEqual({
            right,
            state,
            asked,
            record,
            may: inPage(right, asked, record, state),
          });
          cells += 1;
          given += Number(decided);
        }
      }
    }
  }
  console.log(`permission matrix: ${cells} cells, ${given} given`);
  expect(cells).toBeGreaterThan(5000);
});

test('nobody has a right on another authority’s record, but what is open to anybody and what the installation is run by', () => {
  const given = RIGHT_KEYS.filter((right) => rightDefinition(right).who !== 'anybody').flatMap((right) =>
    ROLE_KEYS.filter((role) => {
      const state = SUBJECTS[subjectOf(right)].states[0];
      const placed = { ...RECORDS['otherAuthority'], ...(state && { state }) };
      return decide({ personId: 'me', grants: [grantOf(role)] }, right, placed).may;
    }).map((role) => `${role} ${right}`),
  );
  const ofTheInstallation = /^(system|security|audit)Administrator (role|house|log|account|person|job|notice)/;
  expect(given.filter((one) => !ofTheInstallation.test(one))).toEqual([]);
});

test('the three administrators have no right on an application, an organisation, a list or a place', () => {
  for (const { right, role, subject } of permissionRows()) {
    if (!/^(system|security|audit)Administrator$/.test(role)) continue;
    expect(['application', 'organisation', 'list', 'quota', 'extension', 'invitation'], right).not.toContain(subject);
  }
});

test('states are those of the subject, and a refusal names the finest reason', () => {
  const strange = permissionRows().filter(({ states, subject }) => {
    const known: readonly string[] = SUBJECTS[subject].states;
    return states !== 'all' && states.some((state) => !known.includes(state));
  });
  expect(strange).toEqual([]);
  const draft = { ...RECORDS['own'], state: 'draft' };
  const why = (asking: Parameters<typeof decide>[0], right: Right, placed: Placed) => decide(asking, right, placed);
  expect(why(undefined, 'application.submit', draft)).toEqual({ may: false, why: 'signed_out' });
  expect(why(ASKING['programmeOfficer'], 'application.submit', draft)).toEqual({ may: false, why: 'not_your_role' });
  expect(why(ASKING['coEditor'], 'application.submit', draft)).toEqual({ may: false, why: 'not_yours' });
  expect(why(ASKING['applicant'], 'application.submit', { ...draft, state: 'delivered' })).toEqual({
    may: false,
    why: 'not_in_this_state',
  });
});
