import { useState } from 'react';
import { call } from '../../api/client.ts';
import type { Attachment, EarlierFile, Refusal } from '../../api/types.ts';
import { FilePreview } from '../../application/file-preview.tsx';
import { InspectionTag } from '../../application/inspection-tag.tsx';
import { Button, Notice, RefusalNotice, useToast } from '../../kit/index.ts';
import { momentOf } from '../../text/beijing-time.ts';
import { formatBytes } from '../../text/bytes.ts';
import { useRefreshMaterials } from './use-materials.ts';

/** Why a file that was already received does not count after all. */
export function FailedFile({ file }: { file: EarlierFile }) {
  return (
    <Notice kind="error" title={`“${file.fileName}”没有通过检查`}>
      {file.inspection.notes.join('；')}
    </Notice>
  );
}

type Props = { files: readonly EarlierFile[]; onRestored: (file: Attachment) => void };

/** What was replaced or deleted at one place, by whom and when; each can be opened, and brought back. */
export function EarlierFiles({ files, onRestored }: Props) {
  const refresh = useRefreshMaterials();
  const toast = useToast();
  const [busy, setBusy] = useState<string>();
  const [refusal, setRefusal] = useState<Refusal>();
  const restore = async ({ id, fileName }: EarlierFile) => {
    setBusy(id);
    const answer = await call<Attachment>('POST', `/attachments/${id}/restoration`);
    setBusy(undefined);
    setRefusal(answer.ok ? undefined : answer.refusal);
    if (!answer.ok) return;
    onRestored(answer.value);
    toast.success(`已恢复“${fileName}”`);
    await refresh();
  };
  return (
    <details className="km-earlier">
      <summary>以前的版本（{files.length}）</summary>
      {refusal && <RefusalNotice refusal={refusal} />}
      <ul>
        {files.map((file) => (
          <li key={file.id}>
            <a href={`/api/attachments/${file.id}`} target="_blank" rel="noreferrer">
              {file.fileName}
              <span className="ks-hidden">（在新标签页打开）</span>
            </a>
            <span>
              {file.pages ? `${file.pages} 页，` : ''}
              {formatBytes(file.bytes)}
            </span>
            <InspectionTag inspection={file.inspection} />
            <span>
              {file.storedByName} {momentOf(file.storedAt)} 上传；{file.removedByName ?? '系统检查'}{' '}
              {momentOf(file.removedAt)} {file.removedByName ? '替换或删除' : '判为不合格'}
            </span>
            {file.inspection.state !== 'failed' && (
              <>
                <FilePreview file={file} />
                <Button size="small" loading={busy === file.id} onClick={() => void restore(file)}>
                  恢复<span className="ks-hidden"> {file.fileName}</span>
                </Button>
              </>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
