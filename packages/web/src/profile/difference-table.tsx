import type { Difference } from '../api/organisations.ts';

/** Before and after, a line each. */
export function DifferenceTable({ changes, caption }: { changes: readonly Difference[]; caption: string }) {
  return (
    <table className="ko-changes">
      <caption className="ks-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">事项</th>
          <th scope="col">原来</th>
          <th scope="col">改为</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ field, label, before, after }) => (
          <tr key={field}>
            <th scope="row">{label}</th>
            <td>
              <del>{before}</del>
            </td>
            <td>
              <ins>{after}</ins>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
