import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { useSavedViews } from '../api/review-queries.ts';
import { Button, ConfirmDialog, Field, Input } from '../kit/index.ts';

type Props = { queue: string; filters: Record<string, string>; onOpen: (filters: Record<string, string>) => void };

/** A person's own choices of filters, by name. */
export function SavedViews({ queue, filters, onOpen }: Props) {
  const queries = useQueryClient();
  const views = useSavedViews(queue).data?.items ?? [];
  const [naming, setNaming] = useState(false);
  const [name, setName] = useState('');
  const again = () => queries.invalidateQueries({ queryKey: ['saved-views', queue] });
  const save = async () => {
    const answer = await call('PUT', `/saved-views/${queue}`, { body: { name, filters } });
    if (answer.ok) setName('');
    await again();
    return answer;
  };
  const remove = async (id: string) => {
    await call('DELETE', `/saved-views/${id}`);
    await again();
  };
  return (
    <section className="kq-views" aria-label="保存的视图">
      {views.map((view) => (
        <span key={view.id} className="kq-view">
          <Button size="small" onClick={() => onOpen(view.filters)}>
            {view.name}
          </Button>
          <Button size="small" type="text" aria-label={`删除视图“${view.name}”`} onClick={() => void remove(view.id)}>
            ×
          </Button>
        </span>
      ))}
      <Button size="small" type="link" onClick={() => setNaming(true)}>
        保存现在的筛选
      </Button>
      <ConfirmDialog
        title="保存现在的筛选"
        confirm="保存"
        open={naming}
        ready={name.trim() !== ''}
        onClose={() => setNaming(false)}
        onConfirm={save}
      >
        <Field label="名称" required help="只有您自己看得到；同名的会被替换。">
          {(slots) => (
            <Input {...slots} value={name} maxLength={40} onChange={(event) => setName(event.target.value)} />
          )}
        </Field>
      </ConfirmDialog>
    </section>
  );
}
