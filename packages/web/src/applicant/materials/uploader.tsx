import type { MaterialDefinition } from '@keshen/rules';
import { useRef, useState } from 'react';
import { queryText } from '../../api/client.ts';
import type { Attachment, Refusal } from '../../api/types.ts';
import { upload } from '../../api/upload.ts';
import { Button, Progress, RefusalNotice, UploadIcon, useToast } from '../../kit/index.ts';
import { formatBytes } from '../../text/bytes.ts';
import { useOpenApplication } from '../application-context.ts';
import { useAttachments } from './use-attachments.ts';

type Props = { material: MaterialDefinition; row: string | undefined; of: string | undefined };
type Running = { name: string; share: number; cancel: () => void };

/** `pdf` → `.pdf` */
const endings = (accept: readonly string[]): string[] => accept.map((kind) => `.${kind.toLowerCase()}`);

/** What is plainly wrong with a file before a byte of it is sent. The server looks into it on arrival. */
export function complaintOf(file: { name: string; size: number }, material: MaterialDefinition): Refusal | undefined {
  const allowed = endings(material.accept);
  if (!allowed.some((ending) => file.name.toLowerCase().endsWith(ending)))
    return {
      code: 'wrong_type',
      message: `“${file.name}”不是 ${material.accept.map((kind) => kind.toUpperCase()).join('、')} 文件`,
      remedy: '请转成要求的格式后再上传；改扩展名没有用，系统会看文件内容。',
    };
  if (file.size === 0)
    return { code: 'empty', message: `“${file.name}”是空文件`, remedy: '请确认文件能打开后再上传。' };
  if (file.size > material.maxBytes)
    return {
      code: 'too_large',
      message: `“${file.name}”有 ${formatBytes(file.size)}，超过 ${formatBytes(material.maxBytes)} 的上限`,
      remedy: '请降低扫描分辨率，或分成几个文件上传。',
    };
  return undefined;
}

export function Uploader({ material, row, of }: Props) {
  const { application } = useOpenApplication();
  const change = useAttachments();
  const toast = useToast();
  const input = useRef<HTMLInputElement>(null);
  const [running, setRunning] = useState<Running>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [failed, setFailed] = useState<File>();
  const name = of ? `${material.title}（${of}）` : material.title;

  const start = async (file: File) => {
    setFailed(undefined);
    const complaint = complaintOf(file, material);
    setRefusal(complaint);
    if (complaint) return;
    const path = `/applications/${application.id}/materials/${material.key}${queryText({ row, name: file.name })}`;
    const sent = upload<Attachment>(path, file, (share) => setRunning((before) => before && { ...before, share }));
    setRunning({ name: file.name, share: 0, cancel: sent.cancel });
    const answer = await sent.done;
    setRunning(undefined);
    if (answer.ok) {
      change((attachments) => [...attachments, answer.value]);
      toast.success(`“${answer.value.fileName}”已存妥，校验无误`);
    } else if (answer.refusal.code !== 'cancelled') {
      setRefusal(answer.refusal);
      // Silence, overload, a broken connection and an ended session pass; a file that was refused will be refused again.
      setFailed([0, 400, 401, 429].includes(answer.status) || answer.status >= 500 ? file : undefined);
    }
  };

  return (
    <>
      {refusal && <RefusalNotice refusal={refusal} {...(failed ? { retry: () => void start(failed) } : {})} />}
      {running ? (
        <output className="ka-upload">
          <span>{running.name}</span>
          <Progress
            percent={Math.floor(running.share * 100)}
            size="small"
            style={{ width: 240 }}
            aria-label="上传进度"
          />
          <Button size="small" onClick={running.cancel}>
            取消
          </Button>
        </output>
      ) : (
        <div className="ka-upload">
          <Button icon={<UploadIcon aria-hidden />} onClick={() => input.current?.click()} aria-label={`上传${name}`}>
            上传文件
          </Button>
          <span className="ka-upload__limits">
            {material.accept.map((kind) => kind.toUpperCase()).join('、')}，每个不超过 {formatBytes(material.maxBytes)}
            {material.colour && '，彩色扫描件'}
          </span>
          <input
            ref={input}
            type="file"
            hidden
            aria-label={`选择文件：${name}`}
            accept={endings(material.accept).join(',')}
            onChange={(event) => {
              const file = event.target.files?.[0];
              event.target.value = '';
              if (file) void start(file);
            }}
          />
        </div>
      )}
    </>
  );
}
