import { useParams } from 'react-router';
import { ReviewPage } from '../review/review-page.tsx';

export default function OrganisationReviewPage() {
  const { id = '' } = useParams();
  return (
    <ReviewPage
      key={id}
      id={id}
      step="organisation"
      action="forward"
      back={{ to: '/organisation/applications', label: '单位审核' }}
    />
  );
}
