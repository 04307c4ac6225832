import { Queue } from '../application/queue.tsx';
import { EmptyState, Page } from '../kit/index.ts';
import { SignOffSetting } from '../review/sign-off-setting.tsx';
import { SealReminders } from '../seals/seal-reminders.tsx';

export default function OrganisationApplicationsPage() {
  return (
    <Page title="单位审核" lead="先看等您审核的；审核通过后由您报送，报送有时限。">
      <SignOffSetting />
      <SealReminders withLink />
      <Queue
        name="organisation"
        caption="本单位的申报书"
        waiting="with_organisation"
        states={[
          'with_organisation',
          'checked_by_organisation',
          'draft',
          'returned_by_organisation',
          'with_department',
          'reviewed_by_department',
          'returned_by_department',
          'recommended',
          'delivered',
          'admitted',
          'not_admitted',
          'not_recommended',
          'withdrawn',
        ]}
        linkTo={(application) => `/organisation/applications/${application.id}`}
        empty={
          <EmptyState title="没有等您审核的申报书">
            申报人提交后会出现在这里。要看其他状态的，把“状态”改成“全部”。
          </EmptyState>
        }
      />
    </Page>
  );
}
