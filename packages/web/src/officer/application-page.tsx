import { useParams, useSearchParams } from 'react-router';
import { ReviewPage } from '../review/review-page.tsx';

export default function OfficerApplicationPage() {
  const { id = '' } = useParams();
  const [search] = useSearchParams();
  const round = search.get('round');
  return (
    <ReviewPage
      key={id}
      id={id}
      step="admission"
      action="deliver"
      back={
        round
          ? { to: `/officer/rounds/${round}`, label: '申报总览' }
          : { to: '/officer/applications', label: '受理审查' }
      }
    />
  );
}
