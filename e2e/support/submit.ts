import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type APIRequestContext } from '@playwright/test';
import { paper } from './papers.ts';

const root = path.join(import.meta.dirname, '..', '..');
const headers = { 'x-keshen': '1' };

type Example = {
  application: Record<string, object>;
  materials: Record<string, { row?: string; fileName: string; id?: string; bytes?: number }[]>;
};

/** Where a journey begins with an application that is submitted already: over HTTP what a person does on many pages. Answers its id. */
export async function submitExample(http: APIRequestContext, call: string, name: string): Promise<string> {
  const file = path.join(root, 'calls', call, 'examples', `${name}.json`);
  const { application, materials } = JSON.parse(readFileSync(file, 'utf8')) as Example;
  const rounds = (await (await http.get('/api/rounds')).json()) as { items: { id: string; callKey: string }[] };
  const roundId = rounds.items.find(({ callKey }) => callKey === call)?.id;
  const made = await http.post('/api/applications', { headers, data: { roundId, notClassified: true } });
  expect(made.ok(), await made.text()).toBe(true);
  const { id } = (await made.json()) as { id: string };
  const { sections } = (await (await http.get(`/api/applications/${id}`)).json()) as {
    sections: Record<string, { revision: number } | undefined>;
  };
  for (const [section, data] of Object.entries(application)) {
    const body = { data, revision: sections[section]?.revision ?? 0, saveId: randomUUID() };
    const saved = await http.put(`/api/applications/${id}/sections/${section}`, { headers, data: body });
    expect(saved.ok(), await saved.text()).toBe(true);
  }
  for (const [material, files] of Object.entries(materials)) {
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
