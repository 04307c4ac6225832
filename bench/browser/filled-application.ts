import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { APIRequestContext, APIResponse } from '@playwright/test';

const CALLS = join(import.meta.dirname, '../../calls');
const HEADERS = { 'x-keshen': '1' };

export type Section = Record<string, unknown>;
type Wanted = {
  call: string;
  example: string;
  applicant: string;
  lengthen?: (data: Section, section: string) => Section;
};
type Demonstration = { people: { login: string; password: string; role: string }[] };

/**
 * Signs the demonstration applicant of an authority in, makes an application and saves every section of an example, over
 * HTTP as a program would. Yields the application's id. `lengthen` may make a part longer than the example has it.
 */
export async function fillApplication(
  request: APIRequestContext,
  { call, example, applicant, lengthen = (data) => data }: Wanted,
): Promise<string> {
  const { people } = await answered<Demonstration>(await request.get('/api/demonstration'));
  const person = people.find(({ login }) => login === applicant);
  if (!person) throw new Error(`no demonstration person ${applicant}`);
  await post(request, '/api/session', { login: person.login, password: person.password });
  const rounds = await answered<{ items: { id: string; callKey: string }[] }>(await request.get('/api/rounds'));
  const round = rounds.items.find(({ callKey }) => callKey === call);
  if (!round) throw new Error(`${call} is not open to ${applicant}`);
  const { application }: { application: Record<string, Section> } = JSON.parse(
    await readFile(join(CALLS, call, 'examples', `${example}.json`), 'utf8'),
  );
  const { id } = await post<{ id: string }>(request, '/api/applications', { roundId: round.id, notClassified: true });
  const stored = await answered<{ sections: Record<string, { revision: number }> }>(
    await request.get(`/api/applications/${id}`),
  );
  for (const [section, data] of Object.entries(application)) {
    const revision = stored.sections[section]?.revision ?? 0;
    const save = { revision, data: lengthen(data, section), saveId: randomUUID() };
    await answered(await request.put(`/api/applications/${id}/sections/${section}`, { data: save, headers: HEADERS }));
  }
  return id;
}

const post = async <T>(request: APIRequestContext, path: string, data: unknown): Promise<T> =>
  answered<T>(await request.post(path, { data, headers: HEADERS }));

async function answered<T>(response: APIResponse): Promise<T> {
  if (!response.ok()) throw new Error(`${response.url()} ${response.status()}: ${await response.text()}`);
  const value: T = await response.json();
  return value;
}
