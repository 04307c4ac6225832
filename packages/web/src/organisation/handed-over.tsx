import { Button, CopyIcon, Modal, Notice, useToast } from '../kit/index.ts';
import { momentOf } from '../text/beijing-time.ts';

/** What the person gets: a link to set the password by, or a password to change at once. */
export type WithLink = { link: { path: string; expiresAt: string } };
export type Handed = { name: string; login: string } & (WithLink | { temporaryPassword: string });

/** Shown once: the server keeps only its hash. */
export function HandedOver({ handed, onClose }: { handed: Handed | undefined; onClose: () => void }) {
  return (
    <Modal
      title={handed && `${handed.name} 的${'link' in handed ? '设密码链接' : '临时密码'}`}
      open={handed !== undefined}
      onCancel={onClose}
      mask={{ closable: false }}
      width={600}
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
  const byLink = 'link' in handed;
  const secret = byLink ? new URL(handed.link.path, window.location.origin).href : handed.temporaryPassword;
  const what = byLink ? '设密码链接' : '临时密码';
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(`登录名：${handed.login}\n${what}：${secret}`);
      toast.success('已复制');
    } catch {
      toast.warning('浏览器不让复制，请手工抄录');
    }
  };
  return (
    <div className="ks-dialog">
      <Notice kind="warning" title={`${what}只显示这一次`}>
        {byLink
          ? `请用可靠的方式发给本人，由他打开设置自己的密码。链接只能用一次，${momentOf(handed.link.expiresAt)}以前有效；拿到链接的人就能设密码，不要转给别人。`
          : '请当面或用可靠的方式交给本人。他第一次登录时必须换成自己的密码。'}
      </Notice>
      <dl className="ks-facts" style={{ gridTemplateColumns: '1fr' }}>
        <div>
          <dt>登录名</dt>
          <dd>
            <code>{handed.login}</code>
          </dd>
        </div>
        <div>
          <dt>{what}</dt>
          <dd>
            <code data-handed-over>{secret}</code>
          </dd>
        </div>
      </dl>
      <Button style={{ marginTop: 16 }} icon={<CopyIcon aria-hidden />} onClick={() => void copy()}>
        复制登录名和{byLink ? '链接' : '密码'}
      </Button>
    </div>
  );
}
