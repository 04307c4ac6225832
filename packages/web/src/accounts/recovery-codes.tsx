import { useEffect, useRef, useState } from 'react';
import { Button, Checkbox, CopyIcon, DownloadIcon, Notice, useToast } from '../kit/index.ts';

/** Shown once: the server keeps only their hashes. */
export function RecoveryCodes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  const toast = useToast();
  const heading = useRef<HTMLHeadingElement>(null);
  const [kept, setKept] = useState(false);
  useEffect(() => heading.current?.focus(), []);
  const text = codes.join('\n');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      toast.success('已复制');
    } catch {
      toast.warning('浏览器不让复制，请下载或手工抄录');
    }
  };
  return (
    <>
      <h3 ref={heading} tabIndex={-1}>
        两步验证已启用，请保存恢复码
      </h3>
      <Notice kind="warning" title="恢复码只显示这一次">
        手机丢了、换了或没带时，用恢复码代替验证码登录，每个只能用一次。请抄下来或打印，与手机分开存放。
      </Notice>
      <ol className="ks-recovery" aria-label="恢复码">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <p className="ks-actions">
        <Button icon={<CopyIcon aria-hidden />} onClick={() => void copy()}>
          复制
        </Button>
        <Button
          icon={<DownloadIcon aria-hidden />}
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(`科申恢复码（每个只能用一次）\n${text}\n`)}`}
          download="科申恢复码.txt"
        >
          下载
        </Button>
      </p>
      <p className="ks-security__tools">
        <Checkbox checked={kept} onChange={(event) => setKept(event.target.checked)}>
          我已把恢复码保存好
        </Checkbox>
      </p>
      <p className="ks-security__tools">
        <Button type="primary" disabled={!kept} onClick={onKept}>
          完成
        </Button>
      </p>
    </>
  );
}
