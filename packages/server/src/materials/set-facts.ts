import { type FormField, readApplication, type SectionValue } from '@keshen/rules';
import { type Attachment, getAttachment, attempt, type By, eventBy } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { ATTACH, findMaterial, mayAttach } from './may-attach.ts';
import { noSuchFile } from './read-file.ts';
import { findStored, setFacts, touchApplication } from './store.ts';

/** Keeps the answers asked for beside a file (signing date, languages, …), each of the type its field has. */
export async function setAttachmentFacts(
  context: Context,
  by: By,
  { id, facts }: { id: string; facts: Record<string, unknown> },
): Promise<Result<Attachment>> {
  const stored = await findStored(context.db, id);
  if (!stored || stored.removedAt) return noSuchFile();
  const what = { action: ATTACH.action, applicationId: stored.applicationId };
  return attempt(context, by, what, async (trx) => {
    const attaching = await mayAttach(trx, context, by, stored.applicationId);
    if (!attaching.ok) return attaching;
    const material = findMaterial(attaching.value.round, by, stored.material);
    if (!material.ok) return material;
    const read = readFacts(material.value.facts, facts);
    if (!read.ok) return read;
    await setFacts(trx, id, read.value);
    await touchApplication(trx, stored.applicationId, by.at);
    await context.log(trx, {
      ...eventBy(by, what, ATTACH.role),
      outcome: 'done',
      detail: { material: stored.material, attachment: id, facts: read.value },
    });
    return ok(await getAttachment(trx, id));
  });
}

function readFacts(fields: FormField[], facts: Record<string, unknown>): Result<SectionValue> {
  const beside = { completeness: { clause: '' }, sections: [{ key: 'facts', title: '附件说明', fields }] };
  const { application, problems } = readApplication(beside, { facts });
  const [first] = problems;
  if (!first) return ok(application['facts'] ?? {});
  const said = problems.map(({ path, message }) => {
    const field = fields.find(({ key }) => path === `facts.${key}`);
    return field ? `“${field.label}”${message}` : message;
  });
  return refused(422, {
    code: 'wrong_type',
    message: `${said.join('；')}。没有保存。`,
    where: first.path,
    remedy: '请改正后再保存。',
  });
}
