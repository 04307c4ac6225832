import type { OpenRoute, OpenRoutes, RoutesOfCall } from '../api/organisations.ts';

/** One way, with why and by which clause. */
export function RouteLine({ route }: { route: OpenRoute }) {
  return (
    <span>
      <strong>{route.self ? `本单位（${route.departmentName}）` : route.departmentName}</strong>：{route.why}
      {route.clause && <span className="ks-clause">（通知{route.clause.at}）</span>}
    </span>
  );
}

/** Who reviews the registration, as it follows from what has been filled in so far. */
export function ReviewerLine({ found }: { found: OpenRoutes }) {
  const [first] = found.routes;
  return (
    <output className="ko-reviewer" aria-live="polite">
      {first ? (
        <>
          注册由 <RouteLine route={first} />
        </>
      ) : (
        (found.why ?? '填好注册地和单位类型，这里会写明由哪个部门审核。')
      )}
    </output>
  );
}

/** Who recommends the organisation's projects, call by call. */
export function CallRoutes({ calls }: { calls: readonly RoutesOfCall[] }) {
  return (
    <ul className="ko-routes">
      {calls.map((one) => (
        <li key={one.roundId}>
          <p className="ko-routes__call">
            {one.callTitle}
            {one.mode === 'rehearsal' && '（演练）'}
          </p>
          {one.routes.length === 0 ? (
            <p className="ks-none">{one.why ?? '还不能确定'}</p>
          ) : (
            one.routes.map((route) => (
              <p key={route.key}>
                {one.word}：<RouteLine route={route} />
              </p>
            ))
          )}
          {one.choice && (
            <p className="ks-field__help">
              新建申报时选一个{one.oneForAll ? `；本次申报里本单位的项目只能经同一个${one.word}` : ''}。
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
