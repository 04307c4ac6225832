import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type FormEvent } from 'react';
import { call } from '../api/client.ts';
import type { Refusal } from '../api/types.ts';
import { Button, Facts, Field, Input, type InputRef, Notice, Panel, RefusalNotice } from '../kit/index.ts';
import type { PaperDelivery, Scanned } from './queries.ts';
import { Registration } from './registration.tsx';

const VERSIONS = {
  current: ['success', '与网上现行的版本相同'],
  superseded: ['error', '与网上现行的版本不同：是较早的一版，不收'],
  draft: ['error', '是草稿打印的，不是提交的版本，不收'],
} as const;

const KINDS: Record<PaperDelivery['outcome'], 'success' | 'warning' | 'error'> = {
  accepted: 'success',
  incomplete: 'warning',
  late: 'warning',
  refused: 'error',
};

type Props = { recommendingDepartment: string };

/** The desk: scan the code, see whether it is the version that counts, register what was brought, hand out the receipt. */
export function Desk({ recommendingDepartment }: Props) {
  const queries = useQueryClient();
  const input = useRef<InputRef>(null);
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [scanned, setScanned] = useState<Scanned>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [registered, setRegistered] = useState<PaperDelivery>();
  const scan = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setRegistered(undefined);
    const answer = await call<Scanned>('POST', '/paper/scan', { body: { code } });
    setBusy(false);
    setScanned(answer.ok ? answer.value : undefined);
    setRefusal(answer.ok ? undefined : answer.refusal);
  };
  const done = async (delivery: PaperDelivery) => {
    setRegistered(delivery);
    setScanned(undefined);
    setCode('');
    input.current?.focus();
    await queries.invalidateQueries({ queryKey: ['papers'] });
  };
  return (
    <Panel title="收件" note="用扫码枪扫封面或页脚的二维码，或者输入 16 位版本码（清单码）。">
      <form className="kp-scan" onSubmit={(event) => void scan(event)}>
        <Field label="码">
          {(slots) => (
            <Input
              {...slots}
              ref={input}
              value={code}
              autoComplete="off"
              placeholder="扫码，或输入 XXXX-XXXX-XXXX-XXXX"
              onChange={(event) => setCode(event.target.value)}
            />
          )}
        </Field>
        <Button type="primary" htmlType="submit" loading={busy} disabled={code.trim() === ''}>
          查对
        </Button>
      </form>
      <div aria-live="polite">
        {refusal && <RefusalNotice refusal={refusal} />}
        {registered && (
          <Notice
            kind={KINDS[registered.outcome]}
            title={registered.told}
            action={
              <Button href={`/api/paper/deliveries/${registered.id}/receipt.pdf`} target="_blank">
                {registered.outcome === 'refused' ? '打印不予接收说明' : '打印回执'}
              </Button>
            }
          >
            回执码 <code>{registered.receiptCode}</code>
          </Notice>
        )}
        {scanned && (
          <>
            <Notice kind={VERSIONS[scanned.version][0]} title={VERSIONS[scanned.version][1]} />
            <Facts
              items={[
                [scanned.kind === 'list' ? '清单码' : '申报编号', scanned.number],
                scanned.title !== '' && ['项目名称', scanned.title],
                scanned.organisationName !== null && ['申报单位', scanned.organisationName],
                [recommendingDepartment, scanned.departmentName],
              ]}
            />
            {scanned.duties.length === 0 ? (
              <Notice kind="info" title="这一份不需要交纸质材料" />
            ) : (
              <Registration
                key={`${scanned.id} ${scanned.scanned}`}
                code={code}
                duties={scanned.duties}
                recommendingDepartment={recommendingDepartment}
                onDone={(delivery) => void done(delivery)}
              />
            )}
          </>
        )}
      </div>
    </Panel>
  );
}
