import { RoundChoice } from '../application/round-choice.tsx';

export default function OfficerRoundsPage() {
  return (
    <RoundChoice
      title="申报总览"
      linkTo={(round) => `/officer/rounds/${round.id}`}
      empty="还没有发布通知。通知由系统管理员发布后会出现在这里。"
    />
  );
}
