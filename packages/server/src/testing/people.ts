import { randomUUID } from 'node:crypto';
import type { Role } from '@keshen/rules';
import type { Grant } from '../platform/db/actors.ts';
import type { Db } from '../platform/db/schema.ts';

export const AUTHORITY = 'test-authority';
/** Invented, with a right check character (GB 32100-2015). */
export const USCC = '91210100MA0YANL1XK';

export type TestPerson = { id: string; login: string; name: string; grants: Grant[] };
export type TestHouse = {
  authorityId: string;
  departmentId: string;
  otherDepartmentId: string;
  organisationId: string;
  otherOrganisationId: string;
  people: Record<TestRole, TestPerson>;
};

const ROLES = [
  ['applicant', '申报人', 'applicant'],
  ['otherApplicant', '另一单位的申报人', 'applicant'],
  ['organisationAdministrator', '单位管理员', 'organisationAdministrator'],
  ['otherOrganisationAdministrator', '另一单位的管理员', 'organisationAdministrator'],
  ['recommendingDepartment', '推荐部门', 'recommendingDepartment'],
  ['otherDepartment', '另一推荐部门', 'recommendingDepartment'],
  ['programmeOfficer', '业务处室', 'programmeOfficer'],
  ['systemAdministrator', '系统管理员', 'systemAdministrator'],
] as const satisfies readonly (readonly [string, string, Role])[];
export type TestRole = (typeof ROLES)[number][0];

/** One authority with two departments, an approved organisation under each, and a person for each role. No password works for them. */
export async function furnish(db: Db): Promise<TestHouse> {
  await db.insertInto('authority').values({ id: AUTHORITY, name: '测试省科学技术厅', division: '210000' }).execute();
  const departmentId = await addDepartment(db, '测试市科学技术局');
  const otherDepartmentId = await addDepartment(db, '邻市科学技术局');
  const organisationId = await addOrganisation(db, departmentId, '测试大学', USCC);
  const otherOrganisationId = await addOrganisation(db, otherDepartmentId, '邻市研究院', '12210200YANLJ00018');
  const people: Partial<Record<TestRole, TestPerson>> = {};
  for (const [key, name, role] of ROLES) {
    const other = key.startsWith('other');
    const scope: Record<string, Partial<Grant>> = {
      applicant: { organisationId: other ? otherOrganisationId : organisationId },
      organisationAdministrator: { organisationId: other ? otherOrganisationId : organisationId },
      recommendingDepartment: { departmentId: other ? otherDepartmentId : departmentId },
    };
    people[key] = await addPerson(db, key.toLowerCase(), name, [{ role, authorityId: AUTHORITY, ...scope[role] }]);
  }
  return {
    authorityId: AUTHORITY,
    departmentId,
    otherDepartmentId,
    organisationId,
    otherOrganisationId,
    people: people as Record<TestRole, TestPerson>,
  };
}

async function addDepartment(db: Db, name: string): Promise<string> {
  const id = randomUUID();
  await db
    .insertInto('department')
    .values({ id, authorityId: AUTHORITY, name, kind: 'city', division: '210100' })
    .execute();
  return id;
}

async function addOrganisation(db: Db, departmentId: string, name: string, uscc: string): Promise<string> {
  const id = randomUUID();
  await db
    .insertInto('organisation')
    .values({
      id,
      authorityId: AUTHORITY,
      departmentId,
      uscc,
      name,
      kind: 'university',
      legalPerson: true,
      registeredOn: '2001-01-01',
      division: '210100',
      address: '测试市示例路1号',
      legalRepresentative: '张示例',
      contactName: '李示例',
      contactPhone: '02400000000',
      state: 'approved',
    })
    .execute();
  return id;
}

export async function addPerson(db: Db, login: string, name: string, grants: Grant[]): Promise<TestPerson> {
  const id = randomUUID();
  await db.insertInto('person').values({ id, login, name, passwordHash: 'none' }).execute();
  for (const grant of grants)
    await db
      .insertInto('roleGrant')
      .values({ personId: id, ...grant })
      .execute();
  return { id, login, name, grants };
}
