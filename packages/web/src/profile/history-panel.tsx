import { useHistoryOf } from '../api/organisations.ts';
import { EmptyState, Loaded, Panel } from '../kit/index.ts';
import { momentOf } from '../text/beijing-time.ts';
import { DifferenceTable } from './difference-table.tsx';

/** What held since when, and who approved it; the newest first. */
export function HistoryPanel({ organisationId }: { organisationId: string }) {
  return (
    <Panel title="历史" note="每次审核通过的内容都留着：从什么时候起有效，谁批准的。">
      <Loaded query={useHistoryOf(organisationId)} rows={3}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="还没有审核通过的内容">注册通过后，这里会记下每一次变更。</EmptyState>
          ) : (
            items.map(({ ordinal, holdsFrom, departmentName, approvedByName, note, changes }) => (
              <details key={ordinal} className="ko-version" open={ordinal === items.length && items.length > 1}>
                <summary>
                  {momentOf(holdsFrom)}起，{ordinal === 1 ? '注册通过' : changes.map(({ label }) => label).join('、')}（
                  {departmentName}
                  {approvedByName && ` ${approvedByName}`}批准）
                </summary>
                {note && <p>审核意见：{note}</p>}
                <DifferenceTable changes={changes} caption={`第${ordinal}次批准的内容`} />
              </details>
            ))
          )
        }
      </Loaded>
    </Panel>
  );
}
