import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { Button, ConfirmDialog, CopyIcon, Field, Input, Modal, Notice, useToast } from '../kit/index.ts';

type Handed = { id: string; login: string; temporaryPassword: string };

/** Makes an account for an applicant and shows its temporary password, once. */
export function HandOut({ open, onClose }: { open: boolean; onClose: () => void }) {
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [login, setLogin] = useState('');
  const [handed, setHanded] = useState<Handed & { name: string }>();
  const close = () => {
    setName('');
    setLogin('');
    onClose();
  };
  return (
    <>
      <ConfirmDialog
        title="分配账号"
        confirm="分配"
        open={open}
        ready={name.trim() !== '' && login.trim() !== ''}
        onClose={close}
        onConfirm={async () => {
          const answer = await call<Handed>('POST', '/organisation/people', {
            body: { login: login.trim(), name: name.trim() },
          });
          if (answer.ok) {
            setHanded({ ...answer.value, name: name.trim() });
            await queries.invalidateQueries({ queryKey: ['people'] });
          }
          return answer;
        }}
      >
        <Field label="姓名" required>
          {(slots) => (
            <Input {...slots} autoFocus value={name} maxLength={50} onChange={(event) => setName(event.target.value)} />
          )}
        </Field>
        <Field label="登录名" required help="字母开头，3 至 50 个字母、数字或 . _ - @，例如姓名的拼音。">
          {(slots) => (
            <Input
              {...slots}
              value={login}
              maxLength={50}
              autoCapitalize="none"
              spellCheck={false}
              onChange={(event) => setLogin(event.target.value)}
            />
          )}
        </Field>
      </ConfirmDialog>
      <Modal
        title={`${handed?.name ?? ''} 的账号已开好`}
        open={handed !== undefined}
        onCancel={() => setHanded(undefined)}
        footer={
          <Button type="primary" onClick={() => setHanded(undefined)}>
            我已交给本人
          </Button>
        }
        mask={{ closable: false }}
      >
        {handed && <Once handed={handed} />}
      </Modal>
    </>
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
