import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { useMarks } from '../api/review-queries.ts';
import type { Mark, MarkStep } from '../api/review-types.ts';
import type { Refusal } from '../api/types.ts';
import { Button, Input, RefusalNotice, Tag, type TextAreaRef } from '../kit/index.ts';

type Props = { applicationId: string; step: MarkStep; path: string; label: string };

const focus = (area: TextAreaRef | null) => area?.focus();

/** A place that the reviewer may mark for the return: what is wanted there, seen by the applicant once it is returned. */
export function MarkPlace({ applicationId, step, path, label }: Props) {
  const queries = useQueryClient();
  const marks = useMarks(applicationId);
  const mark = marks.data?.items.find((one) => one.path === path && one.step === step && !one.sentAt);
  const [writing, setWriting] = useState(false);
  const [remark, setRemark] = useState('');
  const [refusal, setRefusal] = useState<Refusal>();
  const put = async (text: string) => {
    const answer = await call('PUT', `/applications/${applicationId}/reviews/${step}/marks`, {
      body: { path, remark: text },
    });
    setRefusal(answer.ok ? undefined : answer.refusal);
    if (answer.ok) setWriting(false);
    await queries.invalidateQueries({ queryKey: ['application', applicationId, 'marks'] });
  };
  if (writing)
    return (
      <div className="kw-marking">
        <Input.TextArea
          aria-label={`“${label}”要怎样修改`}
          placeholder="要怎样修改，申报人会看到"
          ref={focus}
          rows={2}
          maxLength={1000}
          value={remark}
          onChange={(event) => setRemark(event.target.value)}
        />
        <span className="ks-actions">
          <Button size="small" type="primary" disabled={remark.trim() === ''} onClick={() => void put(remark)}>
            标出
          </Button>
          <Button size="small" onClick={() => setWriting(false)}>
            取消
          </Button>
        </span>
        {refusal && <RefusalNotice refusal={refusal} />}
      </div>
    );
  const begin = () => {
    setRemark(mark?.remark ?? '');
    setWriting(true);
  };
  if (!mark)
    return (
      <Button size="small" type="link" className="kw-mark" aria-label={`标出“${label}”要修改`} onClick={begin}>
        标出
      </Button>
    );
  return (
    <div className="kw-marked" data-mark={path}>
      <Tag tone="wait">要修改</Tag> {mark.remark}
      <span className="ks-actions">
        <Button size="small" type="link" aria-label={`改写“${label}”的意见`} onClick={begin}>
          改写
        </Button>
        <Button size="small" type="link" aria-label={`取消标出“${label}”`} onClick={() => void put('')}>
          取消标出
        </Button>
      </span>
      {refusal && <RefusalNotice refusal={refusal} />}
    </div>
  );
}

/** A mark as the applicant reads it, beside its place. */
export function MarkNote({ mark }: { mark: Mark }) {
  return (
    <div className="kw-marked" data-mark={mark.path}>
      <Tag tone={mark.resolved ? 'good' : 'wait'}>{mark.resolved ? '已改动' : '请修改'}</Tag> {mark.remark}
      <span className="ks-clause">（{mark.by}）</span>
    </div>
  );
}
