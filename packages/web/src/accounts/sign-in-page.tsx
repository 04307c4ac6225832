import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { useDemonstration } from '../api/queries.ts';
import type { DemonstrationPerson } from '../api/types.ts';
import { Page, Panel } from '../kit/index.ts';
import { Door } from '../shell/door.tsx';
import { DemonstrationPeople } from './demonstration-people.tsx';
import { SignInForm } from './sign-in-form.tsx';
import { SingleSignOnButton } from './single-sign-on-button.tsx';

export default function SignInPage() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { state, hash }: { state: { next?: string } | null; hash: string } = useLocation();
  const next = state?.next ?? '/';
  const people = useDemonstration().data?.people ?? [];
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
            <DemonstrationPeople
              people={people}
              chosen={chosen?.login}
              onChoose={(person) => setChosen({ ...person })}
            />
          )}
        </div>
      </Page>
    </Door>
  );
}
