import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { useReviewDesk } from '../api/review-queries.ts';
import type { ApplicationSummary, ChecklistStep, Refusal } from '../api/types.ts';
import { Button, Field, Modal, RefusalNotice, Select, useToast } from '../kit/index.ts';

const STEPS: Record<string, ChecklistStep> = {
  with_organisation: 'organisation',
  checked_by_organisation: 'organisation',
  delivered: 'admission',
};

type Props = { chosen: ApplicationSummary[]; onClose: () => void };

/** Gives all that is chosen to one reviewer, one after the other; what is refused is told. */
export function BulkAssign({ chosen, onClose }: Props) {
  const queries = useQueryClient();
  const toast = useToast();
  const [first] = chosen;
  const step = STEPS[first?.state ?? ''] ?? 'department';
  const desk = useReviewDesk(first?.id ?? '', step);
  const [personId, setPersonId] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<{ title: string; refusal: Refusal }[]>([]);
  const assign = async () => {
    setBusy(true);
    const failed = [];
    for (const { id, title, number } of chosen) {
      const answer = await call('PUT', `/applications/${id}/reviews/${step}/reviewer`, { body: { personId } });
      if (!answer.ok) failed.push({ title: title || number, refusal: answer.refusal });
    }
    setBusy(false);
    setRefused(failed);
    await queries.invalidateQueries({ queryKey: ['applications'] });
    if (failed.length === 0) {
      toast.success(`已指定 ${chosen.length} 份`);
      onClose();
    }
  };
  return (
    <Modal
      title={`给 ${chosen.length} 份申报书指定审核人`}
      open
      onCancel={onClose}
      footer={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button type="primary" loading={busy} disabled={!personId} onClick={() => void assign()}>
            指定
          </Button>
        </>
      }
    >
      <Field label="审核人" required>
        {(slots) => (
          <Select
            {...slots}
            value={personId ?? null}
            loading={desk.isPending}
            options={(desk.data?.candidates ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(next: string | null) => setPersonId(next ?? undefined)}
          />
        )}
      </Field>
      {refused.map(({ title, refusal }) => (
        <RefusalNotice key={title} refusal={{ ...refusal, message: `${title}：${refusal.message}` }} />
      ))}
    </Modal>
  );
}
