import { Queue } from '../application/queue.tsx';
import { EmptyState, Page } from '../kit/index.ts';
import { SignOffSetting } from '../review/sign-off-setting.tsx';

export default function DepartmentApplicationsPage() {
  return (
    <Page title="项目审核" lead="逐项判断审查要点后，确认推荐、退回修改或者不予推荐。">
      <SignOffSetting />
      <Queue
        name="department"
        caption="报来的申报书"
        waiting="with_department"
        states={[
          'with_department',
          'reviewed_by_department',
          'returned_by_department',
          'recommended',
          'delivered',
          'admitted',
          'not_admitted',
          'not_recommended',
        ]}
        linkTo={(application) => `/department/applications/${application.id}`}
        empty={<EmptyState title="没有等待审核的申报书">单位报送后会出现在这里。</EmptyState>}
      />
    </Page>
  );
}
