import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { call } from '../api/client.ts';
import { useReviewDesk } from '../api/review-queries.ts';
import type { ReviewDesk } from '../api/review-types.ts';
import type { ChecklistStep, Refusal } from '../api/types.ts';
import { Button, Field, Input, Loaded, Panel, RefusalNotice, Select, useDelayedSave, useToast } from '../kit/index.ts';
import { momentOf } from '../text/beijing-time.ts';

type Props = { applicationId: string; step: ChecklistStep; writable: boolean };

/** Who reviews, the formal opinion, and what the reviewers of this step tell each other. */
export function Desk(props: Props) {
  const desk = useReviewDesk(props.applicationId, props.step);
  return (
    <Panel id="desk" title="审核意见">
      <Loaded query={desk} rows={3}>
        {(found) => (
          <>
            {found.candidates.length > 1 && <Assignee {...props} desk={found} />}
            {props.step !== 'admission' && <Opinion {...props} desk={found} />}
            <Notes {...props} desk={found} />
          </>
        )}
      </Loaded>
    </Panel>
  );
}

type PartProps = Props & { desk: ReviewDesk };
const NOBODY = '';

function Assignee({ applicationId, step, writable, desk }: PartProps) {
  const queries = useQueryClient();
  const toast = useToast();
  const [refusal, setRefusal] = useState<Refusal>();
  const assign = async (personId: string) => {
    const path = `/applications/${applicationId}/reviews/${step}/reviewer`;
    const answer = await call('PUT', path, { body: { personId: personId === NOBODY ? null : personId } });
    setRefusal(answer.ok ? undefined : answer.refusal);
    if (answer.ok) toast.success('已指定');
    await queries.invalidateQueries({ queryKey: ['application', applicationId] });
    await queries.invalidateQueries({ queryKey: ['applications'] });
  };
  return (
    <>
      <Field label="审核人" help={desk.signOff ? '指定以后由该人初核，再由另一人签发。' : undefined}>
        {(slots) => (
          <Select
            {...slots}
            value={desk.assignee?.personId ?? NOBODY}
            disabled={!writable}
            options={[
              { value: NOBODY, label: '未指定' },
              ...desk.candidates.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={(personId: string) => void assign(personId)}
          />
        )}
      </Field>
      {refusal && <RefusalNotice refusal={refusal} />}
    </>
  );
}

function Opinion({ applicationId, step, writable, desk }: PartProps) {
  const [text, setText] = useState(desk.opinion?.text ?? '');
  const [saved, setSaved] = useState<Refusal | 'stored'>();
  const newest = useRef(text);
  const saving = useDelayedSave(async () => {
    const body = { kind: 'opinion', text: newest.current };
    const answer = await call('POST', `/applications/${applicationId}/reviews/${step}/remarks`, { body });
    setSaved(answer.ok ? 'stored' : answer.refusal);
  });
  const write = (typed: string) => {
    setText(typed);
    newest.current = typed;
    setSaved(undefined);
    saving.soon();
  };
  return (
    <>
      <Field label="正式意见" help="印在申报书的意见页上，申报人看得到；不写的，只印固定的意见。">
        {(slots) => (
          <Input.TextArea
            {...slots}
            value={text}
            rows={3}
            maxLength={1000}
            disabled={!writable}
            onChange={(event) => write(event.target.value)}
            onBlur={() => saving.now()}
          />
        )}
      </Field>
      <p className="ks-clause" aria-live="polite">
        {saved === 'stored' ? '已存' : desk.opinion && `${desk.opinion.by} ${momentOf(desk.opinion.at)}`}
      </p>
      {saved !== undefined && saved !== 'stored' && <RefusalNotice refusal={saved} />}
    </>
  );
}

function Notes({ applicationId, step, desk }: PartProps) {
  const queries = useQueryClient();
  const [text, setText] = useState('');
  const [refusal, setRefusal] = useState<Refusal>();
  const add = async () => {
    const body = { kind: 'note', text };
    const answer = await call('POST', `/applications/${applicationId}/reviews/${step}/remarks`, { body });
    setRefusal(answer.ok ? undefined : answer.refusal);
    if (answer.ok) setText('');
    await queries.invalidateQueries({ queryKey: ['application', applicationId, 'desk', step] });
  };
  return (
    <>
      <Field label="内部意见" help="只有办理这一步的同事看得到，不给申报人看，也不打印。">
        {(slots) => (
          <Input.TextArea
            {...slots}
            value={text}
            rows={2}
            maxLength={1000}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <Button size="small" disabled={text.trim() === ''} onClick={() => void add()}>
        留言
      </Button>
      {refusal && <RefusalNotice refusal={refusal} />}
      <ul className="kw-notes">
        {desk.notes.map((note) => (
          <li key={note.id}>
            <p>{note.text}</p>
            <span className="ks-clause">
              {note.by} {momentOf(note.at)}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
