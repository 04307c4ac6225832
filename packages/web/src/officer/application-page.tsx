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
      step={undefined}
      action="deliver"
      back={{ to: round ? `/officer/rounds/${round}` : '/officer', label: '申报总览' }}
    />
  );
}
