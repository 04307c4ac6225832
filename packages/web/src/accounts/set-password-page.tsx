import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { Link, useLocation } from 'react-router';
import { call, Refused } from '../api/client.ts';
import type { Refusal } from '../api/types.ts';
import { Button, Facts, Loading, Page, Panel, RefusalNotice } from '../kit/index.ts';
import { Door } from '../shell/door.tsx';
import { momentOf } from '../text/beijing-time.ts';
import { isReady, NewPasswordFields } from './new-password-fields.tsx';

type AccountLink = { purpose: 'invitation' | 'reset'; login: string; name: string; expiresAt: string };

/** Where an invitation or reset link leads. The token stands after the #, which browsers do not send. */
export default function SetPasswordPage() {
  const token = useLocation().hash.slice(1);
  const link = useQuery({
    queryKey: ['account-link', token],
    queryFn: async () => {
      const answer = await call<AccountLink>('POST', '/account-links/read', { body: { token: token || '-' } });
      if (!answer.ok) throw new Refused(answer.status, answer.refusal);
      return answer.value;
    },
    staleTime: Infinity,
  });
  const [done, setDone] = useState(false);
  return (
    <Door>
      <Page title={link.data?.purpose === 'reset' ? '重设密码' : '设置密码'}>
        <div className="ks-door__columns ks-door__columns--one">
          <Panel>
            {done ? (
              <Done login={link.data?.login ?? ''} />
            ) : link.data ? (
              <SetPasswordForm link={link.data} token={token} onDone={() => setDone(true)} />
            ) : link.error ? (
              <>
                <RefusalNotice refusal={link.error.refusal} />
                <Link to="/sign-in">去登录</Link>
              </>
            ) : (
              <Loading rows={3} />
            )}
          </Panel>
        </div>
      </Page>
    </Door>
  );
}

type FormProps = { link: AccountLink; token: string; onDone: () => void };

function SetPasswordForm({ link, token, onDone }: FormProps) {
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [refusal, setRefusal] = useState<Refusal>();
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!isReady(next, again)) {
      setRefusal({ code: 'incomplete', message: '请把新密码填写两遍，两次须一致，至少 10 个字符' });
      return;
    }
    setBusy(true);
    setRefusal(undefined);
    const answer = await call('POST', '/account-links/use', { body: { token, password: next } });
    setBusy(false);
    if (answer.ok) onDone();
    else setRefusal(answer.refusal);
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Facts
        items={[
          ['姓名', link.name],
          ['登录名', link.login],
          ['链接有效期至', momentOf(link.expiresAt)],
        ]}
      />
      <div className="ks-security__tools">
        {refusal && <RefusalNotice refusal={refusal} />}
        <input type="hidden" autoComplete="username" value={link.login} readOnly />
        <NewPasswordFields next={next} again={again} onNext={setNext} onAgain={setAgain} />
      </div>
      <Button type="primary" size="large" htmlType="submit" block loading={busy}>
        保存密码
      </Button>
    </form>
  );
}

const Done = ({ login }: { login: string }) => (
  <>
    <output>
      密码已设置，这个链接不再有效。请用登录名 <strong>{login}</strong> 和新密码登录。
    </output>
    <p className="ks-security__tools">
      <Link to="/sign-in">去登录</Link>
    </p>
  </>
);
