import { Button, CopyIcon, Modal, Notice, useToast } from '../kit/index.ts';

export type Handed = { name: string; login: string; temporaryPassword: string };

/** Shown once: the server keeps only its hash. */
export function TemporaryPassword({ handed, onClose }: { handed: Handed | undefined; onClose: () => void }) {
  return (
    <Modal
      title={`${handed?.name ?? ''} 的临时密码`}
      open={handed !== undefined}
      onCancel={onClose}
      mask={{ closable: false }}
      footer={
        <Button type="primary" onClick={onClose}>
          我已交给本人
        </Button>
      }
    >
      {handed && <Once handed={handed} />}
    </Modal>
  );
}

function Once({ handed }: { handed: Handed }) {
  const toast = useToast();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(`登录名：${handed.login}\n临时密码：${handed.temporaryPassword}`);
      toast.success('已复制');
    } catch {
      toast.warning('浏览器不让复制，请手工抄录');
    }
  };
  return (
    <div className="ks-dialog">
      <Notice kind="warning" title="临时密码只显示这一次">
        请当面或用可靠的方式交给本人。他第一次登录时必须换成自己的密码。
      </Notice>
      <dl className="ks-facts">
        <div>
          <dt>登录名</dt>
          <dd>
            <code>{handed.login}</code>
          </dd>
        </div>
        <div>
          <dt>临时密码</dt>
          <dd>
            <code data-temporary-password>{handed.temporaryPassword}</code>
          </dd>
        </div>
      </dl>
      <Button style={{ marginTop: 16 }} icon={<CopyIcon aria-hidden />} onClick={() => void copy()}>
        复制登录名和密码
      </Button>
    </div>
  );
}
