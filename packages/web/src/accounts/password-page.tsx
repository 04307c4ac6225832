import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useNavigate } from 'react-router';
import { call } from '../api/client.ts';
import type { Refusal } from '../api/types.ts';
import { Button, Field, Input, Notice, Page, Panel, RefusalNotice, useToast } from '../kit/index.ts';
import { useSession } from '../shell/session.tsx';
import { isReady, NewPasswordFields } from './new-password-fields.tsx';

export default function PasswordPage() {
  const { me } = useSession();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [refusal, setRefusal] = useState<Refusal>();
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!current || !isReady(next, again)) {
      setRefusal({ code: 'incomplete', message: '请把三项填完整，两次输入的新密码须一致，至少 10 个字符' });
      return;
    }
    setBusy(true);
    const answer = await call('POST', '/session/password', { body: { current, next } });
    setBusy(false);
    if (!answer.ok) return setRefusal(answer.refusal);
    toast.success('密码已修改');
    await queries.invalidateQueries({ queryKey: ['me'] });
    void navigate('/', { replace: true });
  };
  return (
    <Page title="修改密码" width="text">
      {me.person.mustChangePassword && (
        <Notice title="这是别人交给您的临时密码，请先换成自己的密码，再办理其他事项。" />
      )}
      <Panel>
        <form onSubmit={(event) => void submit(event)} noValidate style={{ maxWidth: 420 }}>
          {refusal && <RefusalNotice refusal={refusal} />}
          <input type="hidden" autoComplete="username" value={me.person.login} readOnly />
          <Field label="现在的密码" required>
            {(slots) => (
              <Input.Password
                {...slots}
                autoComplete="current-password"
                value={current}
                onChange={(event) => setCurrent(event.target.value)}
              />
            )}
          </Field>
          <NewPasswordFields next={next} again={again} onNext={setNext} onAgain={setAgain} />
          <Button type="primary" htmlType="submit" loading={busy}>
            修改密码
          </Button>
        </form>
      </Panel>
    </Page>
  );
}
