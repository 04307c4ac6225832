import { useQueryClient } from '@tanstack/react-query';
import { PAPER_STARTS } from '@keshen/rules';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { ConfirmDialog, DateInput, Field } from '../kit/index.ts';
import type { PaperDuty } from './queries.ts';

type Props = { duty: PaperDuty | undefined; onClose: () => void };

/** The day from which the period of a paper runs; working days are counted by the official holidays. */
export function StartPeriod({ duty, onClose }: Props) {
  const queries = useQueryClient();
  const [date, setDate] = useState<string>();
  const event = duty?.startsAt ? PAPER_STARTS[duty.startsAt] : '';
  return (
    <ConfirmDialog
      title={`登记${event}日期`}
      confirm="登记"
      open={duty !== undefined}
      ready={date !== undefined}
      onClose={onClose}
      onConfirm={async () => {
        const answer = await call('PUT', `/applications/${duty?.id}/papers/${duty?.paper}/start`, {
          body: { startedOn: date },
        });
        await queries.invalidateQueries({ queryKey: ['papers'] });
        return answer;
      }}
    >
      <p>
        {duty?.number} {duty?.title}：{duty?.paperTitle}的时限从这一天起算，当日不计，节假日和调休按国务院办公厅的安排。
      </p>
      <Field label={`${event}日期`} required>
        {(slots) => <DateInput {...slots} name={`${event}日期`} value={date} onChange={setDate} />}
      </Field>
    </ConfirmDialog>
  );
}
