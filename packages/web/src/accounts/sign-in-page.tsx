import { useQueryClient } from '@tanstack/react-query';
import { Fragment, useState } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { useDemonstration } from '../api/queries.ts';
import type { DemonstrationPerson } from '../api/types.ts';
import { Page, Panel } from '../kit/index.ts';
import { Door } from '../shell/door.tsx';
import { SignInForm } from './sign-in-form.tsx';
import { SingleSignOnButton } from './single-sign-on-button.tsx';

/** In the order they are told: those of one authority together, those of the whole system under a heading of their own. */
function byAuthority(people: readonly DemonstrationPerson[]): [authority: string, members: DemonstrationPerson[]][] {
  const groups = new Map<string, DemonstrationPerson[]>();
  for (const person of people) {
    const authority = person.authorityName ?? '全系统';
    groups.set(authority, [...(groups.get(authority) ?? []), person]);
  }
  return [...groups];
}

export default function SignInPage() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { state, hash }: { state: { next?: string } | null; hash: string } = useLocation();
  const next = state?.next ?? '/';
  const people = useDemonstration().data?.people ?? [];
  const groups = byAuthority(people);
  const [chosen, setChosen] = useState<DemonstrationPerson>();
  return (
    <Door>
      <Page title="登录">
        <div className={`ks-door__columns${people.length > 0 ? '' : ' ks-door__columns--one'}`}>
          <Panel>
            <SignInForm
              fill={chosen}
              atCode={hash === '#code'}
              onSignedIn={(me) => {
                queries.clear();
                queries.setQueryData(['me'], me);
                void navigate(next, { replace: true });
              }}
            >
              <SingleSignOnButton />
            </SignInForm>
            <div className="ks-door__links">
              <Link to="/register">单位注册</Link>
              <a href="/">查看通知公告</a>
            </div>
          </Panel>
          {people.length > 0 && (
            <Panel title="演练人员" note="点一下填入登录名和密码，再点“登录”。正式环境里没有这些账号。">
              {groups.map(([authority, members]) => (
                <Fragment key={authority}>
                  <h3>{authority}</h3>
                  <ul className="ks-people">
                    {members.map((person) => (
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
                </Fragment>
              ))}
            </Panel>
          )}
        </div>
      </Page>
    </Door>
  );
}
