import { useQueryClient } from '@tanstack/react-query';
import { memo, useRef, useState } from 'react';
import { call } from '../api/client.ts';
import { useChecklist } from '../api/queries.ts';
import { useSession } from '../shell/session.tsx';
import type { Answer, ChecklistItem, ChecklistStep, Refusal } from '../api/types.ts';
import {
  Input,
  Loaded,
  Panel,
  Progress,
  Radio,
  RefusalNotice,
  Tag,
  type TextAreaRef,
  useDelayedSave,
} from '../kit/index.ts';

type Props = { applicationId: string; step: ChecklistStep; writable: boolean };

const ANSWERS: { value: Answer; label: string }[] = [
  { value: 'yes', label: '是' },
  { value: 'no', label: '否' },
  { value: 'not_applicable', label: '不适用' },
];

/** What a person must judge, item by item: from the clauses, and from findings that the rules could not decide. */
export function Checklist({ applicationId, step, writable }: Props) {
  const checklist = useChecklist(applicationId, step);
  return (
    <Panel
      id="checklist"
      title="审查要点"
      aside={checklist.data && checklist.data.items.length > 0 && <Done items={checklist.data.items} />}
    >
      <Loaded query={checklist} rows={4}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="ks-none">这一步没有要逐项判断的要点。</p>
          ) : (
            <ol className="kw-items">
              {items.map((item) => (
                <Item key={item.key} {...{ applicationId, step, writable, item }} />
              ))}
            </ol>
          )
        }
      </Loaded>
    </Panel>
  );
}

function Done({ items }: { items: ChecklistItem[] }) {
  const done = items.filter((item) => item.answer).length;
  return (
    <span className="kw-done">
      <span>
        已判断 {done}／{items.length}
      </span>
      <Progress
        percent={items.length === 0 ? 100 : (done / items.length) * 100}
        showInfo={false}
        size="small"
        aria-label="审查要点进度"
      />
    </span>
  );
}

type ItemProps = Props & { item: ChecklistItem };

const Item = memo(function Item({ applicationId, step, writable, item }: ItemProps) {
  const queries = useQueryClient();
  const { me } = useSession();
  const [note, setNote] = useState(item.note ?? '');
  const [refusal, setRefusal] = useState<Refusal>();
  const noteField = useRef<TextAreaRef>(null);
  const newest = useRef({ answer: item.answer, note });
  const [answer, setAnswer] = useState(item.answer);
  const key = ['application', applicationId, 'checklist', step];

  const save = async () => {
    const { answer, note: text } = newest.current;
    // "否" without a word of why is refused by the server; the note is asked for first.
    if (!answer || (answer === 'no' && text.trim() === '')) return;
    const path = `/applications/${applicationId}/checklist/${step}/${encodeURIComponent(item.key)}`;
    const saved = await call('PUT', path, { body: { answer, note: text } });
    setRefusal(saved.ok ? undefined : saved.refusal);
    if (!saved.ok) return;
    queries.setQueryData<{ items: ChecklistItem[] }>(
      key,
      (before) =>
        before && {
          items: before.items.map((other) =>
            other.key === item.key ? { ...other, answer, note: text, answeredByName: me.person.name } : other,
          ),
        },
    );
    // Whether the step is open depends on the checklist.
    void queries.invalidateQueries({ queryKey: ['application', applicationId], exact: true });
  };
  const saving = useDelayedSave(save);

  const choose = (value: Answer) => {
    setAnswer(value);
    newest.current = { ...newest.current, answer: value };
    if (value === 'no' && note.trim() === '') noteField.current?.focus();
    saving.now();
  };
  const write = (text: string) => {
    setNote(text);
    newest.current = { ...newest.current, note: text };
    saving.soon();
  };
  const name = `item-${item.key}`;
  return (
    <li className="kw-item" data-item={item.key}>
      <p id={`${name}-q`}>
        {item.question} <span className="ks-clause">通知{item.clause.at}</span>
        {item.source === 'finding' && <Tag tone="accent">规则转来</Tag>}
      </p>
      <Radio.Group
        name={name}
        aria-labelledby={`${name}-q`}
        disabled={!writable}
        value={answer ?? null}
        options={ANSWERS}
        onChange={(event) => {
          const chosen = ANSWERS.find(({ value }) => value === event.target.value);
          if (chosen) choose(chosen.value);
        }}
      />
      {item.earlier && !answer && (
        <p className="ks-clause">
          上次提交时判断为“{ANSWERS.find(({ value }) => value === item.earlier?.answer)?.label}”
          {item.earlier.note && `：${item.earlier.note}`}，内容改过，请重新判断。
        </p>
      )}
      <Input.TextArea
        ref={noteField}
        aria-label={`说明：${item.question}`}
        placeholder={answer === 'no' ? '判断为“否”的，请写明情况' : '说明（可不填）'}
        status={answer === 'no' && note.trim() === '' ? 'warning' : ''}
        rows={1}
        className="kw-note"
        readOnly={!writable}
        value={note}
        maxLength={1000}
        onChange={(event) => write(event.target.value)}
      />
      {answer === 'no' && note.trim() === '' && <p className="ks-field__error">写明情况后才算判断好。</p>}
      {item.answeredByName && <p className="ks-clause">{item.answeredByName} 判断</p>}
      {refusal && <RefusalNotice refusal={refusal} retry={saving.now} />}
    </li>
  );
});
