import { useRef, useState } from 'react';
import { queryText } from '../api/client.ts';
import type { Paper } from '../api/organisations.ts';
import type { Refusal } from '../api/types.ts';
import { upload } from '../api/upload.ts';
import { Button, Progress, RefusalNotice, Tag, UploadIcon } from '../kit/index.ts';
import { formatBytes } from '../text/bytes.ts';

type Props = {
  title: string;
  help: string;
  kind: string;
  /** Where the bytes go; more of the query may be given. */
  path: string;
  query?: Record<string, string>;
  stored: Paper | undefined;
  error?: string | undefined;
  disabled?: boolean;
  onStored: (paper: Paper) => void;
};

/** One paper of an organisation, inspected on arrival and handed in with the request that it belongs to. */
export function PaperUpload({ title, help, kind, path, query = {}, stored, error, disabled = false, onStored }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [share, setShare] = useState<number>();
  const [refusal, setRefusal] = useState<Refusal>();
  const start = async (file: File) => {
    setRefusal(undefined);
    setShare(0);
    const answer = await upload<Paper>(`${path}${queryText({ ...query, kind, name: file.name })}`, file, setShare).done;
    setShare(undefined);
    if (answer.ok) onStored(answer.value);
    else setRefusal(answer.refusal);
  };
  return (
    <div className="ko-paper" data-paper={kind}>
      <p className="ko-paper__title">
        {title} {stored ? <Tag tone="good">已上传</Tag> : <span className="ks-required">必填</span>}
      </p>
      <p className="ks-field__help">{help}</p>
      {stored && (
        <p>
          {stored.fileName}（{formatBytes(stored.bytes)}
          {stored.pages ? `，${stored.pages}页` : ''}）{stored.notes.length > 0 && `：${stored.notes.join('；')}`}
        </p>
      )}
      {refusal && <RefusalNotice refusal={refusal} />}
      {share === undefined ? (
        <Button icon={<UploadIcon aria-hidden />} disabled={disabled} onClick={() => input.current?.click()}>
          {stored ? '换一份' : '上传'}
          <span className="ks-hidden">{title}</span>
        </Button>
      ) : (
        <Progress percent={Math.floor(share * 100)} size="small" aria-label={`${title}上传进度`} />
      )}
      {error && !stored && (
        <p className="ks-field__error" role="alert">
          {error}
        </p>
      )}
      <input
        ref={input}
        type="file"
        hidden
        accept=".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"
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
