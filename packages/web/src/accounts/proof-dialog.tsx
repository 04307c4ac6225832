import { useState } from 'react';
import type { Answer } from '../api/client.ts';
import { ConfirmDialog, Field, Input } from '../kit/index.ts';

export type Given = { password: string; code: string };
type Props = {
  title: string;
  confirm: string;
  say: string;
  danger?: boolean;
  withCode?: boolean;
  open: boolean;
  onClose: () => void;
  onConfirm: (given: Given) => Promise<Answer<unknown>>;
};

/** Asks for the password again, and for a code where it matters: an unlocked screen alone must not be enough. */
export function ProofDialog({
  title,
  confirm,
  say,
  danger = false,
  withCode = false,
  open,
  onClose,
  onConfirm,
}: Props) {
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const close = () => {
    setPassword('');
    setCode('');
    onClose();
  };
  const run = async () => {
    const answer = await onConfirm({ password, code });
    setCode('');
    if (answer.ok) setPassword('');
    return answer;
  };
  return (
    <ConfirmDialog
      title={title}
      confirm={confirm}
      danger={danger}
      width={460}
      open={open}
      ready={password !== '' && (!withCode || code.trim() !== '')}
      onClose={close}
      onConfirm={run}
    >
      <p>{say}</p>
      <Field label="登录密码" required>
        {(slots) => (
          <Input.Password
            {...slots}
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
      {withCode && (
        <Field label="验证码" required help="手机验证器里的 6 位数字，或一个恢复码。">
          {(slots) => (
            <Input
              {...slots}
              autoComplete="one-time-code"
              spellCheck={false}
              maxLength={30}
              value={code}
              onChange={(event) => setCode(event.target.value)}
            />
          )}
        </Field>
      )}
    </ConfirmDialog>
  );
}
