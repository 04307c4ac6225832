import type { ReactNode } from 'react';
import { useDemonstration } from '../api/queries.ts';
import mark from './mark.svg';
import { RehearsalBanner } from './rehearsal.tsx';

/** The frame of pages that nobody has to sign in for. Where demonstration people exist, it is a rehearsal. */
export function Door({ children }: { children: ReactNode }) {
  const demonstration = useDemonstration();
  return (
    <div className="ks-door">
      {(demonstration.data?.people.length ?? 0) > 0 && <RehearsalBanner />}
      <header className="ks-door__head">
        <img src={mark} alt="" width={36} height={36} />
        <span>科申</span>
        <small>科技计划项目申报系统</small>
      </header>
      <main>{children}</main>
    </div>
  );
}
