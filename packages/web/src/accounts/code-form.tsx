import { useEffect, useRef, useState, type FormEvent } from 'react';
import type { Me, Refusal } from '../api/types.ts';
import { Button, Field, Input, RefusalNotice } from '../kit/index.ts';
import { enterCode } from './sign-in.ts';

type Props = { onSignedIn: (me: Me) => void; onBack: () => void };

/** The second step of signing in. */
export function CodeForm({ onSignedIn, onBack }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const [recovery, setRecovery] = useState(false);
  const [code, setCode] = useState('');
  const [refusal, setRefusal] = useState<Refusal>();
  const [busy, setBusy] = useState(false);
  const focusInput = () => form.current?.querySelector('input')?.focus();
  useEffect(focusInput, []);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!code.trim()) {
      setRefusal({ code: 'incomplete', message: recovery ? '请填写恢复码' : '请填写验证码' });
      return;
    }
    setBusy(true);
    setRefusal(undefined);
    const answer = await enterCode(code);
    setBusy(false);
    if (answer.ok) return onSignedIn(answer.value);
    setCode('');
    setRefusal(answer.refusal);
  };
  return (
    <form ref={form} onSubmit={(event) => void submit(event)} noValidate>
      {refusal && <RefusalNotice refusal={refusal} />}
      <Field
        key={recovery ? 'recovery' : 'code'}
        label={recovery ? '恢复码' : '验证码'}
        help={
          recovery
            ? '启用两步验证时保存的 12 位恢复码，每个只能用一次。'
            : '密码已核对。请输入手机验证器里现在显示的 6 位数字。'
        }
      >
        {(slots) => (
          <Input
            {...slots}
            size="large"
            autoComplete={recovery ? 'off' : 'one-time-code'}
            inputMode={recovery ? 'text' : 'numeric'}
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={30}
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        )}
      </Field>
      <Button type="primary" size="large" htmlType="submit" block loading={busy}>
        继续登录
      </Button>
      <div className="ks-door__links">
        <button
          type="button"
          className="ks-link-button"
          onClick={() => {
            setRecovery(!recovery);
            setCode('');
            requestAnimationFrame(focusInput);
          }}
        >
          {recovery ? '用手机验证器' : '手机不在身边，用恢复码'}
        </button>
        <button type="button" className="ks-link-button" onClick={onBack}>
          重新输入密码
        </button>
      </div>
    </form>
  );
}
