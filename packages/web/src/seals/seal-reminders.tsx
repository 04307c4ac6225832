import { Link } from 'react-router';
import { Notice } from '../kit/index.ts';
import { useSession } from '../shell/session.tsx';
import { momentOf } from '../text/beijing-time.ts';
import { useOrganisationSeals } from './queries.ts';

/** From some days before the end on: which seals the organisation still has to arrange. */
export function SealReminders({ withLink = false }: { withLink?: boolean }) {
  const { me } = useSession();
  const administers = me.grants.some(({ role }) => role === 'organisationAdministrator');
  const reminders = useOrganisationSeals(administers).data?.reminders ?? [];
  return reminders.map(({ roundId, callTitle, mode, closes, missing, clause }) => (
    <Notice
      key={roundId}
      kind="warning"
      title={`请办好电子印章：${missing.join('、')}${mode === 'rehearsal' ? '（演练）' : ''}`}
      action={withLink && <Link to="/organisation/seals">查看印章</Link>}
    >
      <p>
        “{callTitle}”{momentOf(closes)}截止提交，申报书须先盖好电子印章。
      </p>
      {clause && <p className="ks-clause">依据：通知{clause.at}</p>}
    </Notice>
  ));
}
