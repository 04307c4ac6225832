import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useNavigate } from 'react-router';
import { call } from '../api/client.ts';
import type { Refusal } from '../api/types.ts';
import { Button, Field, Input, Notice, Page, Panel, RefusalNotice, useToast } from '../kit/index.ts';
import { charactersIn } from '../text/characters.ts';
import { useSession } from '../shell/session.tsx';

/** Length is the server's rule; it is said here before the form is sent. */
const SHORTEST = 10;

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
  const short = next !== '' && charactersIn(next) < SHORTEST;
  const differs = again !== '' && again !== next;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!current || !next || short || next !== again) {
      setRefusal({ code: 'incomplete', message: '请把三项填完整，两次输入的新密码须一致' });
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
          <Field
            label="新密码"
            required
            help={`至少 ${SHORTEST} 个字符，可用几个不相干的词连成一句，好记又难猜；不能含登录名。`}
            error={short ? `还差 ${SHORTEST - charactersIn(next)} 个字符` : undefined}
          >
            {(slots) => (
              <Input.Password
                {...slots}
                autoComplete="new-password"
                value={next}
                onChange={(event) => setNext(event.target.value)}
              />
            )}
          </Field>
          <Field label="再输一遍新密码" required error={differs ? '与上面的新密码不一致' : undefined}>
            {(slots) => (
              <Input.Password
                {...slots}
                autoComplete="new-password"
                value={again}
                onChange={(event) => setAgain(event.target.value)}
              />
            )}
          </Field>
          <Button type="primary" htmlType="submit" loading={busy}>
            修改密码
          </Button>
        </form>
      </Panel>
    </Page>
  );
}
