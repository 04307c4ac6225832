import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { usePlaces } from '../api/queries.ts';
import type { Places, PlacesLeft } from '../api/types.ts';
import { Button, Field, Input, Panel, ReasonDialog, useToast } from '../kit/index.ts';
import { PlacesTable } from '../places/places-table.tsx';
import { momentOf } from '../text/beijing-time.ts';

/** Everybody's places as they are now, and adjusting them. Nothing where the call counts none. */
export function PlacesPanel({ roundId }: { roundId: string }) {
  const { data } = usePlaces(roundId);
  const [adjusting, setAdjusting] = useState<PlacesLeft>();
  if (!data || data.places.length === 0) return null;
  return (
    <Panel id="places" title="名额" note="随各部门的操作实时更新。调整须写明理由，对方看得到，并记入日志。">
      <PlacesTable
        places={data.places}
        action={(row) => (
          <Button size="small" onClick={() => setAdjusting(row)}>
            调整
          </Button>
        )}
      />
      <Adjustments data={data} />
      {adjusting && <Adjust roundId={roundId} row={adjusting} onClose={() => setAdjusting(undefined)} />}
    </Panel>
  );
}

function Adjustments({ data: { adjustments = [], places } }: { data: Places }) {
  if (adjustments.length === 0) return null;
  const holderOf = (quota: string, holder: string) =>
    places.find((row) => row.quota === quota && row.holder === holder);
  return (
    <>
      <h3>调整记录</h3>
      <ul className="kl-left">
        {adjustments.map(({ quota, holder, change, reason, byName, at }) => (
          <li key={`${at} ${quota} ${holder}`}>
            {momentOf(at)}　{holderOf(quota, holder)?.holderName}
            {change > 0 ? `增加 ${change} 项` : `减少 ${-change} 项`}：{reason}（{byName}）
          </li>
        ))}
      </ul>
    </>
  );
}

function Adjust({ roundId, row, onClose }: { roundId: string; row: PlacesLeft; onClose: () => void }) {
  const queries = useQueryClient();
  const toast = useToast();
  const [typed, setTyped] = useState('1');
  const change = /^[+-]?\d{1,3}$/.test(typed.trim()) ? Number(typed) : 0;
  return (
    <ReasonDialog
      title={`调整名额：${row.holderName}`}
      confirm="调整"
      label="理由"
      help="推荐部门和单位会看到"
      open
      onClose={onClose}
      onConfirm={async (reason) => {
        const { quota, holder } = row;
        const answer = await call<PlacesLeft>('POST', `/rounds/${roundId}/places/adjustments`, {
          body: { quota, holder, change, reason },
        });
        if (answer.ok) toast.success('名额已调整');
        await queries.invalidateQueries({ queryKey: ['places'] });
        return answer;
      }}
    >
      <p>
        “{row.title}”：现在共 {row.granted + row.adjusted} 项，已用 {row.taken} 项。
        {change !== 0 && `调整后共 ${row.granted + row.adjusted + change} 项。`}
      </p>
      <Field
        label="增减几项"
        required
        help="增加写 2，减少写 -1"
        error={change === 0 ? '请写不为零的整数，如 2 或 -1' : undefined}
      >
        {(slots) => <Input {...slots} value={typed} onChange={(event) => setTyped(event.target.value)} />}
      </Field>
    </ReasonDialog>
  );
}
