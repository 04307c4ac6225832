import { useParams } from 'react-router';
import { ReviewPage } from '../review/review-page.tsx';

export default function DepartmentReviewPage() {
  const { id = '' } = useParams();
  return (
    <ReviewPage
      key={id}
      id={id}
      step="department"
      action="recommend"
      back={{ to: '/department/applications', label: '项目审核' }}
    />
  );
}
