import { randomUUID } from 'node:crypto';
import { expect, type APIRequestContext } from '@playwright/test';
import { exampleOf, withProfiles, type Sections } from './application.ts';
import { paper } from './papers.ts';

const headers = { 'x-keshen': '1' };
const CONFIRMED = ['organisation', 'department', 'applicant'];

type RoundOf = { id: string; callKey: string; title: string };

async function roundOf(http: APIRequestContext, call: string): Promise<RoundOf> {
  const { items } = (await (await http.get('/api/rounds')).json()) as { items: RoundOf[] };
  const found = items.find(({ callKey }) => callKey === call);
  if (!found) throw new Error(`no round of ${call}`);
  return found;
}

/** As the programme officer does who begins the rehearsal of a call anew; its title confirms it. */
export async function clearRehearsal(http: APIRequestContext, call: string): Promise<void> {
  const { id, title } = await roundOf(http, call);
  const cleared = await http.post(`/api/rounds/${id}/rehearsal/clear`, { headers, data: { confirm: title } });
  expect(cleared.ok(), await cleared.text()).toBe(true);
}

/**
 * Where a journey begins with an application that is submitted already: over HTTP what a person does on many pages, with the example's
 * answers where the profiles give none. Answers its id.
 */
export async function submitExample(http: APIRequestContext, call: string, name: string): Promise<string> {
  const { topic } = exampleOf(call, name).application['project'] ?? {};
  const { id: roundId } = await roundOf(http, call);
  const data = { roundId, topic, notClassified: true, confirmed: CONFIRMED };
  const made = await http.post('/api/applications', { headers, data });
  expect(made.ok(), await made.text()).toBe(true);
  const { id } = (await made.json()) as { id: string };
  const { sections } = (await (await http.get(`/api/applications/${id}`)).json()) as { sections: Sections };
  const example = exampleOf(call, name, sections['lead']?.data as { name: string; uscc: string });
  for (const [section, answers] of Object.entries(withProfiles(example, sections).application)) {
    const body = { data: answers, revision: sections[section]?.revision ?? 0, saveId: randomUUID() };
    const saved = await http.put(`/api/applications/${id}/sections/${section}`, { headers, data: body });
    expect(saved.ok(), await saved.text()).toBe(true);
  }
  for (const [material, files] of Object.entries(example.materials)) {
    for (const { fileName, row, id: _id, bytes: _bytes, ...facts } of files) {
      const query = new URLSearchParams({ name: fileName, ...(row !== undefined && { row }) });
      const stored = await http.put(`/api/applications/${id}/materials/${material}?${query.toString()}`, {
        headers: { ...headers, 'content-type': 'application/octet-stream' },
        data: paper(material),
      });
      expect(stored.ok(), await stored.text()).toBe(true);
      const attachment = (await stored.json()) as { id: string };
      await http.patch(`/api/attachments/${attachment.id}`, { headers, data: { facts } });
    }
  }
  const submitted = await http.post(`/api/applications/${id}/steps/submit`, { headers, data: {} });
  expect(submitted.ok(), await submitted.text()).toBe(true);
  return id;
}
