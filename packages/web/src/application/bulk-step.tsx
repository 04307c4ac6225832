import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { useClauses } from '../api/review-queries.ts';
import type { Previewed } from '../api/review-types.ts';
import type { ApplicationSummary, Refusal, StepOffer } from '../api/types.ts';
import { Button, Field, Input, Modal, Notice, Progress, RefusalNotice, Select, Tag } from '../kit/index.ts';

type Props = { step: StepOffer; chosen: ApplicationSummary[]; onClose: () => void; onDone: () => void };
type Outcome = Previewed & { state: 'will' | 'wont' | 'done' | 'refused' };

/** What cannot be taken back, said before it is done to many. */
const AFTERWARDS: Record<string, string> = {
  recommend: '推荐以后可以逐份“撤销推荐”（通知安排了这一步的）。',
  declineRecommendation: '不予推荐后不能恢复，请核对名单。',
  returnByDepartment: '退回后由申报人修改重交，不能收回。',
  returnByOrganisation: '退回后由申报人修改重交，不能收回。',
  forward: '报送后单位和申报人都不能再改，除非被退回。',
  admit: '受理后可以逐份“撤回受理结论”。',
  refuseAdmission: '申报人会看到条款和理由；可以逐份“撤回受理结论”。',
};

/** A step on many applications: first what would come of it, then each for itself, with progress and every result. */
export function BulkStep({ step, chosen, onClose, onDone }: Props) {
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const [clauses, setClauses] = useState<string[]>([]);
  const known = useClauses(chosen[0]?.roundId ?? '', step.needsClause);
  const [items, setItems] = useState<Outcome[]>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [busy, setBusy] = useState(false);
  // One key for each application in this dialog: pressed again after a break, a step that was taken answers as it did.
  const [keys] = useState(() => new Map(chosen.map(({ id }) => [id, crypto.randomUUID()])));
  const request = { ...(reason.trim() && { reason: reason.trim() }), ...(clauses.length > 0 && { clauses }) };
  const asked = (step.needsReason && reason.trim() === '') || (step.needsClause && clauses.length === 0);

  const preview = async () => {
    setBusy(true);
    setRefusal(undefined);
    const body = { action: step.action, ids: chosen.map(({ id }) => id), ...request };
    const answer = await call<{ items: Previewed[] }>('POST', '/applications/preview', { body });
    setBusy(false);
    if (!answer.ok) return setRefusal(answer.refusal);
    return setItems(answer.value.items.map((item) => ({ ...item, state: item.refusal ? 'wont' : 'will' })));
  };
  const run = async () => {
    setBusy(true);
    for (const { id } of items?.filter(({ state }) => state === 'will') ?? []) {
      const body = { idempotencyKey: keys.get(id), ...request };
      const answer = await call('POST', `/applications/${id}/steps/${step.action}`, { body });
      setItems((before) =>
        before?.map((item) =>
          item.id !== id
            ? item
            : answer.ok
              ? { ...item, state: 'done' }
              : { ...item, state: 'refused', refusal: answer.refusal },
        ),
      );
    }
    setBusy(false);
    await Promise.all(
      ['application', 'applications', 'rounds', 'recommendations', 'places'].map((key) =>
        queries.invalidateQueries({ queryKey: [key] }),
      ),
    );
  };
  const will = items?.filter(({ state }) => state === 'will').length ?? 0;
  const settled = items?.filter(({ state }) => state === 'done' || state === 'refused').length ?? 0;
  const finished = items !== undefined && will === 0 && !busy;
  const close = () => {
    if (settled > 0) onDone();
    onClose();
  };
  return (
    <Modal
      title={`${step.label}：${chosen.length} 份`}
      open
      width={760}
      onCancel={close}
      mask={{ closable: false }}
      footer={
        <>
          <Button onClick={close}>{settled > 0 && !busy ? '关闭' : '取消'}</Button>
          {items === undefined ? (
            <Button type="primary" loading={busy} disabled={asked} onClick={() => void preview()}>
              先看结果
            </Button>
          ) : (
            !finished && (
              <Button type="primary" loading={busy} disabled={will === 0} onClick={() => void run()}>
                办理能办的 {will} 份
              </Button>
            )
          )}
        </>
      }
    >
      <div className="ks-dialog">
        <p>{AFTERWARDS[step.action] ?? '每份各自办理，互不影响。'}</p>
        {step.needsClause && (
          <Field label="不符合的条款" required>
            {(slots) => (
              <Select
                {...slots}
                mode="multiple"
                value={clauses}
                optionFilterProp="label"
                disabled={items !== undefined}
                options={(known.data?.items ?? []).map(({ id, at, text }) => ({ value: id, label: `${at}　${text}` }))}
                onChange={(next: string[]) => setClauses(next)}
              />
            )}
          </Field>
        )}
        {step.needsReason && (
          <Field label="理由" required help="对每一份都用这个理由，对方会看到。">
            {(slots) => (
              <Input.TextArea
                {...slots}
                rows={3}
                maxLength={1000}
                value={reason}
                disabled={items !== undefined}
                onChange={(event) => setReason(event.target.value)}
              />
            )}
          </Field>
        )}
        {refusal && <RefusalNotice refusal={refusal} />}
        {items && (
          <>
            <p aria-live="polite">
              {settled > 0
                ? `已办 ${settled} 份，成功 ${items.filter(({ state }) => state === 'done').length} 份。`
                : `能办 ${will} 份，不能办 ${items.length - will} 份。还没有办理。`}
            </p>
            {settled > 0 && (
              <Progress percent={Math.round((settled / (settled + will)) * 100)} aria-label="批量办理进度" />
            )}
            {finished && settled === 0 && <Notice kind="warning" title="所选的都不能办理" />}
            <Results items={items} />
          </>
        )}
      </div>
    </Modal>
  );
}

const SAID = {
  will: <Tag tone="accent">能办</Tag>,
  wont: <Tag tone="bad">不能办</Tag>,
  done: <Tag tone="good">已办</Tag>,
  refused: <Tag tone="bad">没有办成</Tag>,
} as const;

const Results = ({ items }: { items: Outcome[] }) => (
  <ul className="kq-results">
    {items.map((item) => (
      <li key={item.id} data-outcome={item.state}>
        {SAID[item.state]} <strong>{item.title || item.number || '（看不到的申报书）'}</strong>
        {item.refusal && (
          <p>
            {item.refusal.message}
            {item.refusal.clause && <span className="ks-clause">　依据：通知{item.refusal.clause.at}</span>}
          </p>
        )}
      </li>
    ))}
  </ul>
);
