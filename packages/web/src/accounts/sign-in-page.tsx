import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { useDemonstration } from '../api/queries.ts';
import type { DemonstrationPerson } from '../api/types.ts';
import { Page, Panel } from '../kit/index.ts';
import { Door } from '../shell/door.tsx';
import { SignInForm } from './sign-in-form.tsx';

export default function SignInPage() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const next = (useLocation().state as { next?: string } | null)?.next ?? '/';
  const people = useDemonstration().data?.people ?? [];
  const [chosen, setChosen] = useState<DemonstrationPerson>();
  return (
    <Door>
      <Page title="登录">
        <div className={`ks-door__columns${people.length > 0 ? '' : ' ks-door__columns--one'}`}>
          <Panel>
            <SignInForm
              fill={chosen}
              onSignedIn={(me) => {
                queries.clear();
                queries.setQueryData(['me'], me);
                void navigate(next, { replace: true });
              }}
            />
            <div className="ks-door__links">
              <Link to="/register">单位注册</Link>
              <a href="/">查看通知公告</a>
            </div>
          </Panel>
          {people.length > 0 && (
            <Panel title="演练人员" note="点一下填入登录名和密码，再点“登录”。正式环境里没有这些账号。">
              <ul className="ks-people">
                {people.map((person) => (
                  <li key={person.login}>
                    <button
                      type="button"
                      aria-pressed={chosen?.login === person.login}
                      onClick={() => setChosen({ ...person })}
                    >
                      <strong>{person.label}</strong>
                      <span>{person.name}</span>
                      <code>{person.login}</code>
                      <small>
                        {person.of && `${person.of}：`}
                        {person.what}
                      </small>
                    </button>
                  </li>
                ))}
              </ul>
            </Panel>
          )}
        </div>
      </Page>
    </Door>
  );
}
