import { Queue } from '../application/queue.tsx';
import { EmptyState, Page } from '../kit/index.ts';

export default function DepartmentApplicationsPage() {
  return (
    <Page title="项目审核" lead="逐项判断审查要点后，确认推荐、退回修改或者不予推荐。">
      <Queue
        caption="报来的申报书"
        waiting="with_department"
        states={['with_department', 'returned_by_department', 'recommended', 'delivered', 'not_recommended']}
        linkTo={(application) => `/department/applications/${application.id}`}
        empty={<EmptyState title="没有等待审核的申报书">单位报送后会出现在这里。</EmptyState>}
      />
    </Page>
  );
}
