import { useRounds } from '../api/queries.ts';

/** Stands on every page of a rehearsal, so that nobody takes one for the real thing. */
export function RehearsalBanner() {
  return (
    <aside className="ks-rehearsal" aria-label="演练提示">
      <strong>演练</strong>
      <span>时间窗口已平移到现在，数据与正式申报分开，随时可以清除，不作为申报依据。</span>
    </aside>
  );
}

/** Where every call is being rehearsed, the whole site says so; otherwise only the pages of the rehearsed call do. */
export function useAllRehearsed(): boolean {
  const rounds = useRounds();
  const items = rounds.data?.items ?? [];
  return items.length > 0 && items.every((round) => round.mode === 'rehearsal');
}
