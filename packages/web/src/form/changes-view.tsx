import { Tag } from '../kit/index.ts';
import { differingPart, type Change } from './changes.ts';

const KINDS = { changed: ['改动', 'plain'], added: ['新增', 'good'], removed: ['删去', 'bad'] } as const;

/** Differences as a table: what, how it was, how it is. What differs within a long text is marked, and not by colour alone. */
export function ChangesView({ changes, was, is }: { changes: readonly Change[]; was: string; is: string }) {
  return (
    <div className="ks-table kc">
      <table>
        <thead>
          <tr>
            <th scope="col">栏目</th>
            <th scope="col">{was}</th>
            <th scope="col">{is}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => {
            const [word, tone] = KINDS[change.kind];
            const { head, before, after, tail } = differingPart(change.before, change.after);
            return (
              <tr key={change.path} data-change={change.path}>
                <th scope="row">
                  {change.label} <Tag tone={tone}>{word}</Tag>
                </th>
                <td>
                  {change.before === '' ? (
                    <span className="ks-none">空</span>
                  ) : (
                    <span className="kc__text">
                      {head}
                      {before && <del>{before}</del>}
                      {tail}
                    </span>
                  )}
                </td>
                <td>
                  {change.after === '' ? (
                    <span className="ks-none">空</span>
                  ) : (
                    <span className="kc__text">
                      {head}
                      {after && <ins>{after}</ins>}
                      {tail}
                    </span>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
