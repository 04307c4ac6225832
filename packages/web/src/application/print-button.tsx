import { useRef, useState } from 'react';
import type { ApplicationDetail, Refusal } from '../api/types.ts';
import { Button, DownloadIcon, Modal, PrintIcon, Radio, RefusalNotice } from '../kit/index.ts';
import { formatBytes } from '../text/bytes.ts';
import { fetchPrint, type PrintFile, type PrintProgress } from './print-file.ts';

type Printing =
  | { is: 'choosing' }
  | ({ is: 'working' } & PrintProgress)
  | { is: 'refused'; refusal: Refusal }
  | ({ is: 'done' } & PrintFile);

/** Prints the application, alone or with its attachments bound in behind the attachment list, and shows how far that is. */
export function PrintButton({ application }: { application: ApplicationDetail }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<PrintIcon aria-hidden />} onClick={() => setOpen(true)}>
        打印 PDF
      </Button>
      {open && <PrintDialog application={application} onClose={() => setOpen(false)} />}
    </>
  );
}

function PrintDialog({ application, onClose }: { application: ApplicationDetail; onClose: () => void }) {
  const files = application.attachments.length;
  const [withAttachments, setWithAttachments] = useState(false);
  const [printing, setPrinting] = useState<Printing>({ is: 'choosing' });
  const running = useRef<AbortController>(undefined);
  const choose = (bound: boolean) => {
    setWithAttachments(bound);
    setPrinting({ is: 'choosing' });
  };
  const start = async () => {
    const controller = new AbortController();
    running.current = controller;
    setPrinting({ is: 'working', received: 0 });
    const { signal } = controller;
    const answer = await fetchPrint(application.id, { withAttachments, signal }, (progress) =>
      setPrinting({ is: 'working', ...progress }),
    );
    if (signal.aborted) return;
    setPrinting(answer.ok ? { is: 'done', ...answer.value } : { is: 'refused', refusal: answer.refusal });
  };
  const close = () => {
    running.current?.abort();
    if (printing.is === 'done') URL.revokeObjectURL(printing.url);
    onClose();
  };
  return (
    <Modal title="打印申报书" open width={560} onCancel={close} footer={null}>
      <div className="ks-dialog" data-print={printing.is}>
        <Radio.Group
          aria-label="打印什么"
          className="ka-print__choice"
          value={withAttachments}
          disabled={printing.is === 'working'}
          onChange={(event) => choose(event.target.value === true)}
          options={[
            { value: false, label: '只打印申报书' },
            {
              value: true,
              label: files > 0 ? `申报书和${files}个附件合成一份` : '申报书和附件合成一份（还没有附件）',
              disabled: files === 0,
            },
          ]}
        />
        <p className="ka-print__note">
          按双面装订留边，每页有二维码和版本码，水印随申报所在的阶段。
          {withAttachments && '附件按附件目录的顺序接在后面，每个前面有一页说明；不能合印的在那里注明原因。'}
        </p>
        <div aria-live="polite">
          {printing.is === 'working' && <p className="ka-print__state">{progressText(printing, withAttachments)}</p>}
          {printing.is === 'done' && <p className="ka-print__state">已生成，{formatBytes(printing.bytes)}。</p>}
        </div>
        {printing.is === 'refused' && <RefusalNotice refusal={printing.refusal} />}
        <div className="ka-print__actions">
          {printing.is === 'done' ? (
            <>
              <Button
                icon={<DownloadIcon aria-hidden />}
                href={printing.url}
                download={`${application.number} ${application.title || '申报书'}.pdf`}
              >
                存到本机
              </Button>
              <Button type="primary" href={printing.url} target="_blank">
                打开
              </Button>
            </>
          ) : (
            <Button type="primary" loading={printing.is === 'working'} onClick={() => void start()}>
              生成 PDF
            </Button>
          )}
        </div>
      </div>
    </Modal>
  );
}

function progressText({ received, total }: PrintProgress, withAttachments: boolean): string {
  if (total === undefined) return withAttachments ? '正在排版、合印附件，附件多的要十几秒……' : '正在排版……';
  return `正在取回：${formatBytes(received)}，共 ${formatBytes(total)}`;
}
