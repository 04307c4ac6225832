import type { MaterialDefinition } from '@keshen/rules';
import { useRef, useState } from 'react';
import { uploadResumably, type ResumableUpload } from '../../api/resumable-upload.ts';
import type { UploadProgress } from '../../api/tus.ts';
import type { Attachment, Refusal, UnfinishedUpload } from '../../api/types.ts';
import { Button, RefusalNotice, UploadIcon, useToast } from '../../kit/index.ts';
import { formatBytes } from '../../text/bytes.ts';
import { useOpenApplication } from '../application-context.ts';
import { complaintOf, endings } from './complaint.ts';
import { UnfinishedUploads } from './unfinished-uploads.tsx';
import { UploadingFile } from './upload-progress.tsx';
import { useRefreshMaterials } from './use-materials.ts';

type Props = {
  material: MaterialDefinition;
  row: string | undefined;
  of: string | undefined;
  /** Whether what comes takes the place of what is there. */
  replaces: boolean;
  unfinished: readonly UnfinishedUpload[];
  onArrived: (file: Attachment) => void;
};
type Running = { name: string; progress: UploadProgress; upload: ResumableUpload<Attachment> };

/** Takes a file for one place, goes on after broken connections, and says when the server has it whole. */
export function Uploader({ material, row, of, replaces, unfinished, onArrived }: Props) {
  const { application } = useOpenApplication();
  const refresh = useRefreshMaterials();
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
    const place = { application: application.id, material: material.key, ...(row === undefined ? {} : { row }) };
    const upload = uploadResumably<Attachment>(place, file, (progress) =>
      setRunning((before) => before && { ...before, progress }),
    );
    setRunning({ name: file.name, progress: { state: 'sending', sent: 0, total: file.size }, upload });
    const answer = await upload.done;
    setRunning(undefined);
    if (answer.ok) {
      onArrived(answer.value);
      const checking = answer.value.inspection.state === 'checking';
      toast.success(`“${answer.value.fileName}”已存妥，校验无误${checking ? '，正在检查内容' : ''}`);
    } else if (answer.refusal.code !== 'cancelled') {
      setRefusal(answer.refusal);
      // Silence, overload and an expired session pass; a file that was refused will be refused again.
      setFailed([0, 401, 429].includes(answer.status) || answer.status >= 500 ? file : undefined);
    }
    await refresh();
  };

  if (running) {
    const { name: file, progress, upload } = running;
    return (
      <UploadingFile
        name={file}
        progress={progress}
        onPause={upload.pause}
        onResume={upload.resume}
        onCancel={upload.cancel}
      />
    );
  }
  return (
    <>
      {refusal && <RefusalNotice refusal={refusal} {...(failed ? { retry: () => void start(failed) } : {})} />}
      <UnfinishedUploads uploads={unfinished} />
      <div className="ka-upload">
        <span className="ka-upload__limits">
          {material.accept.map((kind) => kind.toUpperCase()).join('、')}，每个不超过 {formatBytes(material.maxBytes)}
          {material.colour && '，彩色扫描件'}
        </span>
        <Button
          icon={<UploadIcon aria-hidden />}
          onClick={() => input.current?.click()}
          aria-label={`${replaces ? '上传新的替换' : '上传'}${name}`}
        >
          {replaces ? '上传新的替换' : '上传文件'}
        </Button>
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
    </>
  );
}
