import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Attachment } from '../api/types.ts';
import { Button, Modal, Notice } from '../kit/index.ts';

type File = Pick<Attachment, 'id' | 'fileName' | 'pages'>;

const pageOf = (file: File, page: number): string => `/api/attachments/${file.id}/pages/${page}`;

/** A file's pages as pictures, without leaving the page: by buttons, or by the arrow keys, Page Up and Down, Home and End. */
export function FilePreview({ file }: { file: File }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" type="text" onClick={() => setOpen(true)} aria-label={`预览 ${file.fileName}`}>
        预览
      </Button>
      <Modal
        title={file.fileName}
        open={open}
        onCancel={() => setOpen(false)}
        footer={null}
        width={920}
        style={{ top: 24 }}
        destroyOnHidden
      >
        <Pages file={file} />
      </Modal>
    </>
  );
}

const TURNS: Record<string, (page: number, last: number) => number> = {
  ArrowLeft: (page) => page - 1,
  PageUp: (page) => page - 1,
  ArrowRight: (page) => page + 1,
  PageDown: (page) => page + 1,
  Home: () => 1,
  End: (_page, last) => last,
};

function Pages({ file }: { file: File }) {
  const last = file.pages ?? 1;
  const [page, setPage] = useState(1);
  const [failed, setFailed] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const turnTo = (wanted: number) => {
    setFailed(false);
    setPage(Math.min(Math.max(wanted, 1), last));
    frame.current?.scrollTo({ top: 0 });
  };
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const turn = TURNS[event.key];
    if (!turn) return;
    event.preventDefault();
    turnTo(turn(page, last));
  });
  useEffect(() => {
    frame.current?.focus();
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return (
    <>
      <div className="kp-preview__bar">
        <Button disabled={page <= 1} onClick={() => turnTo(page - 1)}>
          上一页
        </Button>
        <output>
          第 {page} 页，共 {last} 页
        </output>
        <Button disabled={page >= last} onClick={() => turnTo(page + 1)}>
          下一页
        </Button>
        <a href={`/api/attachments/${file.id}`} target="_blank" rel="noreferrer">
          打开原文件<span className="ks-hidden">（在新标签页打开）</span>
        </a>
      </div>
      {/* The frame scrolls, so that it has to be reachable by keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section className="kp-preview" ref={frame} tabIndex={0} aria-label="文件页面">
        {failed ? (
          <Notice kind="warning" title="这一页现在画不出来">
            可以打开原文件查看；正在查毒的文件，查完才能看。
          </Notice>
        ) : (
          <img
            key={page}
            src={pageOf(file, page)}
            alt={`${file.fileName} 第 ${page} 页`}
            onError={() => setFailed(true)}
            // The next page is drawn while this one is read.
            onLoad={() => page < last && (new Image().src = pageOf(file, page + 1))}
          />
        )}
      </section>
    </>
  );
}
