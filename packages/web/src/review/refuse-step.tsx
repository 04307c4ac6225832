import { useState, type ReactNode } from 'react';
import { useClauses } from '../api/review-queries.ts';
import type { Answer } from '../api/client.ts';
import { ConfirmDialog, Field, Input, Select } from '../kit/index.ts';

type Props = {
  title: string;
  confirm: string;
  roundId: string;
  open: boolean;
  onClose: () => void;
  onConfirm: (reason: string, clauses: string[]) => Promise<Answer<unknown>>;
  children?: ReactNode;
};

/** Asks for a reason and for the clauses of the notice on which it rests. */
export function RefuseDialog({ title, confirm, roundId, open, onClose, onConfirm, children }: Props) {
  const clauses = useClauses(roundId, open);
  const [reason, setReason] = useState('');
  const [named, setNamed] = useState<string[]>([]);
  const close = () => {
    setReason('');
    setNamed([]);
    onClose();
  };
  return (
    <ConfirmDialog
      title={title}
      confirm={confirm}
      danger
      open={open}
      width={680}
      ready={reason.trim() !== '' && named.length > 0}
      onClose={close}
      onConfirm={() => onConfirm(reason.trim(), named)}
    >
      {children}
      <Field label="不符合的条款" required help="可以按条款号或者文字查找，可选多条；申报人会看到。">
        {(slots) => (
          <Select
            {...slots}
            mode="multiple"
            value={named}
            loading={clauses.isPending}
            optionFilterProp="label"
            options={(clauses.data?.items ?? []).map(({ id, at, text }) => ({ value: id, label: `${at}　${text}` }))}
            onChange={(next: string[]) => setNamed(next)}
          />
        )}
      </Field>
      <Field label="理由" required help="写清楚哪里不符合，申报人会看到">
        {(slots) => (
          <Input.TextArea
            {...slots}
            value={reason}
            rows={4}
            maxLength={1000}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
    </ConfirmDialog>
  );
}
