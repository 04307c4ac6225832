import { useState, type FormEvent } from 'react';
import { call } from '../api/client.ts';
import type { Refusal } from '../api/types.ts';
import { Button, Checkbox, Field, Input, Radio, RefusalNotice, Select } from '../kit/index.ts';
import type { Bringer, PaperDelivery, PaperDuty } from './queries.ts';
import { StandingTag } from './standing-tag.tsx';

type Props = {
  code: string;
  duties: readonly PaperDuty[];
  recommendingDepartment: string;
  onDone: (delivery: PaperDelivery) => void;
};

/** Registers what lies on the desk; the server judges it by the instant of receipt. */
export function Registration({ code, duties, recommendingDepartment, onDone }: Props) {
  const [key, setKey] = useState(() => (duties.find(({ missing }) => missing > 0) ?? duties[0])?.paper ?? '');
  const duty = duties.find(({ paper }) => paper === key);
  const [by, setBy] = useState<Bringer>(duty?.by ?? 'organisation');
  const [broughtBy, setBroughtBy] = useState('');
  const [copies, setCopies] = useState(String(duty?.missing || duty?.copies || ''));
  const [seals, setSeals] = useState<readonly string[]>([]);
  const [received, setReceived] = useState('');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  if (!duty) return null;
  const number = /^\d{1,3}$/.test(copies.trim()) ? Number(copies.trim()) : 0;
  const choose = (next: string) => {
    const chosen = duties.find(({ paper }) => paper === next);
    setKey(next);
    setBy(chosen?.by ?? by);
    setCopies(String(chosen?.missing || chosen?.copies || ''));
    setSeals([]);
  };
  const register = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const answer = await call<PaperDelivery>('POST', '/paper/deliveries', {
      body: {
        code,
        paper: key,
        by,
        broughtBy: broughtBy.trim(),
        copies: number,
        seals,
        // The clock on the wall is Beijing time, wherever the browser is.
        ...(received !== '' && { receivedAt: `${received}:00+08:00` }),
      },
    });
    setBusy(false);
    if (answer.ok) onDone(answer.value);
    else setRefusal(answer.refusal);
  };
  return (
    <form className="kp-registration" onSubmit={(event) => void register(event)}>
      <Field label="材料" required>
        {(slots) => (
          <Select
            {...slots}
            value={key}
            options={duties.map(({ paper, paperTitle }) => ({ value: paper, label: paperTitle }))}
            onChange={choose}
          />
        )}
      </Field>
      <p className="kp-how">
        <StandingTag standing={duty.standing} label={duty.standingLabel} /> 应交 {duty.copies} 份，已收 {duty.held} 份。
        {duty.due}。{duty.how}。依据：通知{duty.clause}
      </p>
      <div className="kp-row">
        <Field label="份数" required error={number > 0 ? undefined : '请填 1 到 999 的整数'}>
          {(slots) => (
            <Input {...slots} inputMode="numeric" value={copies} onChange={(event) => setCopies(event.target.value)} />
          )}
        </Field>
        <Field label="送件人（单位、姓名）" required>
          {(slots) => (
            <Input
              {...slots}
              value={broughtBy}
              maxLength={100}
              onChange={(event) => setBroughtBy(event.target.value)}
            />
          )}
        </Field>
        <Field label="收到时刻" help="现在收到的不用填；补登记的按北京时间填">
          {(slots) => (
            <Input
              {...slots}
              type="datetime-local"
              value={received}
              onChange={(event) => setReceived(event.target.value)}
            />
          )}
        </Field>
      </div>
      <fieldset className="kp-choice">
        <legend>谁送来的</legend>
        <Radio.Group
          value={by}
          onChange={(event) => setBy(event.target.value as Bringer)}
          options={[
            { value: 'recommendingDepartment', label: recommendingDepartment },
            { value: 'organisation', label: '申报单位' },
            { value: 'applicant', label: '申报人' },
          ]}
        />
      </fieldset>
      {duty.seals.length > 0 && (
        <fieldset className="kp-choice">
          <legend>签章（看到的打勾）</legend>
          <Checkbox.Group
            value={[...seals]}
            onChange={(next) => setSeals(next.map(String))}
            options={duty.seals.map(({ key: seal, label }) => ({ value: seal, label }))}
          />
        </fieldset>
      )}
      {refusal && <RefusalNotice refusal={refusal} />}
      <Button type="primary" htmlType="submit" loading={busy} disabled={number === 0 || broughtBy.trim() === ''}>
        登记
      </Button>
    </form>
  );
}
