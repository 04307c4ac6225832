import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Application, Materials } from '@keshen/rules';
import { addStateIfUnknown } from '../registry/index.ts';
import type { TestPerson, TestRole } from './people.ts';
import { tinyPdf } from './pdf.ts';
import type { TestServer } from './server.ts';

/** A real call, for journeys that need rules, materials and a whole form. */
export const JOURNEY_CALL = 'liaoning-2026-international';
export const IN_THE_WINDOW = '2025-11-20T10:00:00+08:00';

export type Example = { application: Application; materials: Materials };

/** One of the call's complete applications, which is ready to submit. */
export async function exampleOf(name: string, call = JOURNEY_CALL): Promise<Example> {
  const path = new URL(`../../../../calls/${call}/examples/${name}.json`, import.meta.url);
  const example: Example = JSON.parse(await readFile(fileURLToPath(path), 'utf8'));
  return example;
}

/** Brings the registers of the test authority up to date, with nobody in them. */
export async function bringRegistersUpToDate({ context, house }: TestServer): Promise<void> {
  await context.db.transaction().execute(async (trx) => {
    for (const register of ['projects', 'misconduct', 'platforms']) {
      await addStateIfUnknown(trx, { authorityId: house.authorityId, register, name: '测试库', asOf: '2025-11-01' });
    }
  });
}

type Item = { key: string; question: string; source: string };
type Who = TestRole | TestPerson;

/** What a person does over HTTP, each answering status and body. */
export function journeyOf(server: TestServer) {
  const call = async (who: Who, method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, payload?: object) => {
    const response = await server.as(who)({ method, url, ...(payload && { payload }) });
    return { status: response.statusCode, body: response.body === '' ? undefined : response.json() };
  };
  const get = (who: Who, url: string) => call(who, 'GET', url);
  const step = (who: Who, id: string, action: string, body: object = {}) =>
    call(who, 'POST', `/api/applications/${id}/steps/${action}`, body);

  const create = (who: Who, roundId: string) =>
    call(who, 'POST', '/api/applications', { roundId, notClassified: true });

  const save = (who: Who, id: string, section: string, body: { revision: number; data: object; saveId?: string }) =>
    call(who, 'PUT', `/api/applications/${id}/sections/${section}`, { saveId: randomUUID(), ...body });

  const upload = async (who: Who, url: string, content: Buffer) => {
    const headers = { 'content-type': 'application/octet-stream' };
    const response = await server.as(who)({ method: 'PUT', url, payload: content, headers });
    return { status: response.statusCode, body: response.json() };
  };

  /** Creates an application and fills it with an example; answers its id. */
  const fill = async (who: Who, roundId: string, { application, materials }: Example): Promise<string> => {
    const { id } = (await create(who, roundId)).body;
    const { sections } = (await get(who, `/api/applications/${id}`)).body;
    for (const [section, data] of Object.entries(application)) {
      const saved = await save(who, id, section, { revision: sections[section]?.revision ?? 0, data });
      if (saved.status !== 200) throw new Error(JSON.stringify(saved.body));
    }
    for (const [material, files] of Object.entries(materials)) {
      for (const { fileName, row, id: _id, bytes: _bytes, ...facts } of files) {
        const place = `/api/applications/${id}/materials/${material}`;
        const query = new URLSearchParams({ name: fileName, ...(row !== undefined && { row }) });
        const stored = await upload(who, `${place}?${query.toString()}`, tinyPdf(`${material} ${fileName.length}`));
        if (stored.status !== 200) throw new Error(JSON.stringify(stored.body));
        const noted = await call(who, 'PATCH', `/api/attachments/${stored.body.id}`, { facts });
        if (noted.status !== 200) throw new Error(JSON.stringify(noted.body));
      }
    }
    return id;
  };

  const answerAll = async (who: Who, id: string, checklist: 'organisation' | 'department', answer = 'yes') => {
    const { items }: { items: Item[] } = (await get(who, `/api/applications/${id}/checklist/${checklist}`)).body;
    for (const { key } of items) {
      const url = `/api/applications/${id}/checklist/${checklist}/${encodeURIComponent(key)}`;
      await call(who, 'PUT', url, { answer, note: '已核对' });
    }
    return items;
  };

  /** From an empty draft to the department's recommendation; answers the id. */
  const recommend = async (roundId: string, example: Example): Promise<string> => {
    const id = await fill('applicant', roundId, example);
    for (const [who, action] of [
      ['applicant', 'submit'],
      ['organisationAdministrator', 'forward'],
      ['recommendingDepartment', 'recommend'],
    ] as const) {
      if (action === 'forward') await answerAll(who, id, 'organisation');
      if (action === 'recommend') await answerAll(who, id, 'department');
      const taken = await step(who, id, action);
      if (taken.status !== 200) throw new Error(`${action}: ${JSON.stringify(taken.body)}`);
    }
    return id;
  };

  return { call, get, step, create, save, upload, fill, answerAll, recommend };
}
