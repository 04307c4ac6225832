import { useState } from 'react';
import { call } from '../api/client.ts';
import type { Refusal } from '../api/types.ts';
import { Button, Field, Panel, RefusalNotice, Select } from '../kit/index.ts';
import { type Preferences, useTakePreferences } from './queries.ts';

const HOURS = Array.from({ length: 24 }, (_, hour) => ({
  value: hour * 60,
  label: `${String(hour).padStart(2, '0')}:00`,
}));
const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60;

/** When no text messages come. */
export function QuietHours({ preferences }: { preferences: Preferences }) {
  const take = useTakePreferences();
  const [from, setFrom] = useState(minuteOf(preferences.quiet.from));
  const [to, setTo] = useState(minuteOf(preferences.quiet.to));
  const [refusal, setRefusal] = useState<Refusal>();
  const save = async () => {
    const body = { fromMinute: from, toMinute: to };
    const answer = await call<Preferences>('PUT', '/notices/quiet-hours', { body });
    setRefusal(answer.ok ? undefined : answer.refusal);
    if (answer.ok) take(answer.value);
  };
  const changed = from !== minuteOf(preferences.quiet.from) || to !== minuteOf(preferences.quiet.to);
  return (
    <Panel title="短信免打扰" note="这段时间里的短信等到结束后再发（北京时间）。">
      {refusal && <RefusalNotice refusal={refusal} />}
      <div className="ks-notices__quiet">
        <Field label="从">{(slots) => <Select {...slots} value={from} options={HOURS} onChange={setFrom} />}</Field>
        <Field label="到">{(slots) => <Select {...slots} value={to} options={HOURS} onChange={setTo} />}</Field>
        <Button disabled={!changed} onClick={() => void save()}>
          保存
        </Button>
      </div>
    </Panel>
  );
}
