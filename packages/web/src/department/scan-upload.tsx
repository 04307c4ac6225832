import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { queryText } from '../api/client.ts';
import type { RecommendationList, Refusal } from '../api/types.ts';
import { upload } from '../api/upload.ts';
import { Button, Field, Input, Progress, RefusalNotice, Tag, UploadIcon, useToast } from '../kit/index.ts';

type Props = {
  list: RecommendationList;
  kind: 'sealed-scan' | 'letter';
  title: string;
  help: string;
  stored: string | null | undefined;
  /** The paper carries the list's code, which can be typed where a machine cannot read it. */
  coded?: boolean;
};

export function ScanUpload({ list, kind, title, help, stored, coded = false }: Props) {
  const queries = useQueryClient();
  const toast = useToast();
  const input = useRef<HTMLInputElement>(null);
  const [share, setShare] = useState<number>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [code, setCode] = useState('');
  const [unreadable, setUnreadable] = useState<File>();
  const start = async (file: File) => {
    setRefusal(undefined);
    setShare(0);
    const path = `/lists/${list.id}/${kind}${queryText({ name: file.name, code: code.trim() })}`;
    const answer = await upload<RecommendationList>(path, file, setShare).done;
    setShare(undefined);
    if (answer.ok) {
      setUnreadable(undefined);
      toast.success(`${title}已存妥`);
      await queries.invalidateQueries({ queryKey: ['recommendations'] });
    } else {
      setRefusal(answer.refusal);
      setUnreadable(coded && answer.refusal.where === 'code' ? file : undefined);
    }
  };
  return (
    <div className="kd-scan">
      <h3>
        <span>{title}</span> {stored ? <Tag tone="good">已上传</Tag> : <Tag tone="wait">未上传</Tag>}
      </h3>
      <p className="ks-field__help">{help}</p>
      {stored && (
        <p>
          <a href={`/api/lists/${list.id}/${kind}`} target="_blank" rel="noreferrer">
            {stored}
            <span className="ks-hidden">（在新标签页打开）</span>
          </a>
        </p>
      )}
      {refusal && <RefusalNotice refusal={refusal} />}
      {unreadable && (
        <div className="kd-code">
          <Field label="清单码" help="看着扫描件上二维码旁的 16 位清单码输入，大小写和横线都可以不管。">
            {(slots) => (
              <Input {...slots} value={code} maxLength={40} onChange={(event) => setCode(event.target.value)} />
            )}
          </Field>
          <Button disabled={code.trim() === ''} onClick={() => void start(unreadable)}>
            用这个清单码重新上传
          </Button>
        </div>
      )}
      {share !== undefined ? (
        <Progress percent={Math.floor(share * 100)} size="small" style={{ maxWidth: 320 }} aria-label="上传进度" />
      ) : (
        list.state === 'current' && (
          <Button icon={<UploadIcon aria-hidden />} onClick={() => input.current?.click()}>
            {stored ? '换一份' : '上传'}
            <span className="ks-hidden">{title}</span>
          </Button>
        )
      )}
      <input
        ref={input}
        type="file"
        hidden
        accept=".pdf,application/pdf"
        aria-label={`选择文件：${title}`}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file) void start(file);
        }}
      />
    </div>
  );
}
