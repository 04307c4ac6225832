import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useRef, useState } from 'react';
import { queryText } from '../api/client.ts';
import type { Refusal } from '../api/types.ts';
import { upload } from '../api/upload.ts';
import { Button, Checkbox, Field, Input, Progress, RefusalNotice, Tag, UploadIcon, useToast } from '../kit/index.ts';

type Props = {
  title: string;
  help: string;
  /** Where the scan is put and read back from, below /api. */
  put: string;
  read?: string | undefined;
  stored: string | null | undefined;
  /** What the system found out about the stored scan. */
  reading?: string | undefined;
  open: boolean;
  /** The paper carries a code of ours, which can be typed where a machine cannot read it. */
  coded?: boolean;
  /** What is done before there is anything to scan. */
  before?: ReactNode;
};

/** A scan to upload: what is wrong with it is said here, and what a machine cannot read is asked. */
export function ScanUpload({ title, help, put, read, stored, reading, open, coded = false, before }: Props) {
  const queries = useQueryClient();
  const toast = useToast();
  const input = useRef<HTMLInputElement>(null);
  const [share, setShare] = useState<number>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [asked, setAsked] = useState<{ file: File; about: 'code' | 'pages' }>();
  const start = async (file: File, said: { code?: string; allPages?: string } = {}) => {
    setRefusal(undefined);
    setShare(0);
    const answer = await upload(`${put}${queryText({ name: file.name, ...said })}`, file, setShare).done;
    setShare(undefined);
    if (answer.ok) {
      setAsked(undefined);
      toast.success(`${title}已存妥`);
      await queries.invalidateQueries({ queryKey: ['recommendations'] });
      return;
    }
    setRefusal(answer.refusal);
    const { where } = answer.refusal;
    setAsked(coded && (where === 'code' || where === 'pages') ? { file, about: where } : undefined);
  };
  return (
    <div className="kd-scan">
      <h3>
        <span>{title}</span> {stored ? <Tag tone="good">已上传</Tag> : <Tag tone="wait">未上传</Tag>}
      </h3>
      <p className="ks-field__help">{help}</p>
      {before && <p>{before}</p>}
      {stored && (
        <p>
          {read ? (
            <a href={`/api${read}`} target="_blank" rel="noreferrer">
              {stored}
              <span className="ks-hidden">（在新标签页打开）</span>
            </a>
          ) : (
            stored
          )}
          {reading && <span className="ks-clause">　{reading}</span>}
        </p>
      )}
      {refusal && <RefusalNotice refusal={refusal} />}
      {asked?.about === 'code' && <TypedCode onCode={(code) => void start(asked.file, { code })} />}
      {asked?.about === 'pages' && <SeenPages onSeen={() => void start(asked.file, { allPages: 'true' })} />}
      {share !== undefined ? (
        <>
          <Progress percent={Math.floor(share * 100)} size="small" style={{ maxWidth: 320 }} aria-label="上传进度" />
          {share >= 1 && <output className="ks-field__help">正在查毒、核对各页的码…</output>}
        </>
      ) : (
        open && (
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

function TypedCode({ onCode }: { onCode: (code: string) => void }) {
  const [code, setCode] = useState('');
  return (
    <div className="kd-code">
      <Field label="纸上的码" help="看着扫描件上二维码旁的 16 位码输入，大小写和横线都可以不管。">
        {(slots) => <Input {...slots} value={code} maxLength={40} onChange={(event) => setCode(event.target.value)} />}
      </Field>
      <Button disabled={code.trim() === ''} onClick={() => onCode(code.trim())}>
        用这个码重新上传
      </Button>
    </div>
  );
}

function SeenPages({ onSeen }: { onSeen: () => void }) {
  const [seen, setSeen] = useState(false);
  return (
    <div className="kd-code">
      <Checkbox checked={seen} onChange={(event) => setSeen(event.target.checked)}>
        我已逐页核对扫描件，各页齐全
      </Checkbox>
      <Button disabled={!seen} onClick={onSeen}>
        确认并重新上传
      </Button>
    </div>
  );
}
