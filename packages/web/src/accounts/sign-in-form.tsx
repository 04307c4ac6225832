import { useState, type FormEvent, type ReactNode } from 'react';
import type { Me, Refusal } from '../api/types.ts';
import { Button, Field, Input, RefusalNotice } from '../kit/index.ts';
import { CodeForm } from './code-form.tsx';
import { awaitsCode, signIn } from './sign-in.ts';

type Props = {
  /** Fixed when a session is renewed; otherwise where the form starts. */
  login?: string;
  fill?: { login: string; password: string } | undefined;
  /** The first step was done elsewhere (single sign-on): begin with the code. */
  atCode?: boolean;
  onSignedIn: (me: Me) => void;
  /** Other ways to sign in, below the first step only. */
  children?: ReactNode;
};

export function SignInForm({ login: fixed, fill, atCode = false, onSignedIn, children }: Props) {
  const [login, setLogin] = useState(fixed ?? '');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState(atCode);
  const [filled, setFilled] = useState(fill);
  const [refusal, setRefusal] = useState<Refusal>();
  const [busy, setBusy] = useState(false);
  if (fill && fill !== filled) {
    setFilled(fill);
    setCode(false);
    setLogin(fill.login);
    setPassword(fill.password);
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!login.trim() || !password) {
      setRefusal({ code: 'incomplete', message: '请填写登录名和密码' });
      return;
    }
    setBusy(true);
    setRefusal(undefined);
    const answer = await signIn(login.trim(), password);
    setBusy(false);
    if (!answer.ok) return setRefusal(answer.refusal);
    if (!awaitsCode(answer.value)) return onSignedIn(answer.value);
    setPassword('');
    setCode(true);
  };
  if (code) return <CodeForm onSignedIn={onSignedIn} onBack={() => setCode(false)} />;
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      {refusal && <RefusalNotice refusal={refusal} />}
      <Field label="登录名">
        {(slots) => (
          <Input
            {...slots}
            name="login"
            size="large"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            readOnly={fixed !== undefined}
            value={login}
            onChange={(event) => setLogin(event.target.value)}
          />
        )}
      </Field>
      <Field label="密码">
        {(slots) => (
          <Input.Password
            {...slots}
            name="password"
            size="large"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
      <Button type="primary" size="large" htmlType="submit" block loading={busy}>
        登录
      </Button>
      {children}
    </form>
  );
}
