import { Queue } from '../application/queue.tsx';
import { EmptyState, Page } from '../kit/index.ts';

/** What was delivered and waits to be admitted, or was decided. */
export default function AdmissionPage() {
  return (
    <Page title="受理审查" lead="逐项作形式审查，受理或者不予受理；不予受理的写明条款和理由，申报人看得到。">
      <Queue
        name="officer"
        caption="已报送的申报书"
        waiting="delivered"
        states={['delivered', 'admitted', 'not_admitted']}
        linkTo={(application) => `/officer/applications/${application.id}`}
        empty={<EmptyState title="没有等待受理的申报书">推荐部门报送后会出现在这里。</EmptyState>}
      />
    </Page>
  );
}
