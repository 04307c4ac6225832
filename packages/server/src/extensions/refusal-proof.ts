import { officialInstant, STEPS, type Step } from '@keshen/rules';
import { type By, openApplication } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import { html } from '../platform/http/html.ts';
import type { Page } from '../platform/http/page.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { versionCode } from '../platform/signing/index.ts';
import { findRefusal, findRefusalByHash, type Refusal } from './store-refusals.ts';

const steps: readonly Step[] = STEPS;

/** What was attempted, when it arrived and why it was not accepted, in words that anybody may see. */
export type RefusalFact = { label: string; value: string };

export function factsOfRefusal({ at, action, detail }: Refusal, recommendingDepartment: string): RefusalFact[] {
  const label = steps.find((step) => step.action === action)?.label ?? action;
  const message = detail['message'];
  return [
    { label: '操作', value: label.replaceAll('{recommendingDepartment}', recommendingDepartment) },
    { label: '服务器收到的时刻', value: officialInstant(at.getTime()) },
    { label: '结果', value: '没有被接受' },
    { label: '原因', value: typeof message === 'string' ? message : '' },
  ];
}

/** A page to print that proves an attempt after the end (or any other that was refused), for whoever may read the application. */
export async function refusalProof(
  context: Context,
  by: By,
  { id, event }: { id: string; event: number },
): Promise<Result<Page>> {
  const opened = await openApplication(context, by, id);
  if (!opened.ok) return opened;
  const refusal = await findRefusal(context.db, event);
  if (refusal?.applicationId !== id) {
    return refused(404, { code: 'not_found', message: '没有这条未被接受的记录。', remedy: '请从办理记录进入。' });
  }
  const { row, round } = opened.value;
  const code = versionCode(refusal.hash);
  const statement = [row.number, refusal.action, refusal.at.toISOString(), refusal.hash].join(' ');
  const facts = [
    { label: '申报通知', value: round.compiled.title },
    { label: '申报编号', value: row.number },
    { label: '项目名称', value: row.title },
    { label: '申报单位', value: row.organisationName },
    { label: '操作人', value: refusal.personName ?? '' },
    ...factsOfRefusal(refusal, round.compiled.words.recommendingDepartment),
    { label: '核验码', value: code },
  ];
  return ok({
    title: `未被接受的操作 ${row.number}`,
    rehearsal: row.mode === 'rehearsal',
    main: html`
      <h1>未被接受的操作</h1>
      <p class="lead">下面的操作到达了本系统，没有被接受。时刻是服务器收到请求的时刻，记入日志后不能更改。</p>
      <dl class="facts card">
        ${facts.map(
          ({ label, value }) =>
            html`<dt>${label}</dt>
              <dd>${value}</dd>`,
        )}
      </dl>
      <p>
        核验：打开本系统的“核验文件”页，输入核验码。以下是日志记录的校验值和本系统的签名（Ed25519），供专业人员离线核对。
      </p>
      <p class="proof">${statement}</p>
      <p class="proof">${context.signer.sign(statement)}</p>
    `,
  });
}

/** The refused attempt that a printed code stands for. */
export const refusalByCode = (context: Context, hashStart: string): Promise<Refusal | undefined> =>
  findRefusalByHash(context.db, hashStart);
