import { tinyPdf } from './pdf.ts';
import type { TestServer } from './server.ts';

/** The two papers of a registration, uploaded by somebody without an account; answers their ids. */
export async function uploadPapers({ visitor, context, house }: TestServer): Promise<string[]> {
  // Every test registers from one address.
  await context.db.deleteFrom('rateCount').where('name', '=', 'registrationDocument').execute();
  const ids: string[] = [];
  for (const kind of ['licence', 'representativeLetter']) {
    const query = new URLSearchParams({ authorityId: house.authorityId, kind, name: `${kind}.pdf` });
    const stored = await visitor({
      method: 'PUT',
      url: `/api/registration-documents?${query.toString()}`,
      payload: tinyPdf(kind),
      headers: { 'content-type': 'application/octet-stream' },
    });
    if (stored.statusCode !== 201) throw new Error(stored.body);
    ids.push(stored.json().id);
  }
  return ids;
}
