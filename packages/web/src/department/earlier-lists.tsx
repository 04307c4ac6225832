import type { RecommendationList, RecommendationListState } from '../api/types.ts';
import { DataTable, Panel, Tag, type Tone } from '../kit/index.ts';
import { momentOf } from '../text/beijing-time.ts';

const STATE: Record<RecommendationListState, { label: string; tone: Tone }> = {
  current: { label: '有效', tone: 'accent' },
  voided: { label: '已失效', tone: 'bad' },
  delivered: { label: '已报送', tone: 'good' },
};

/** All lists exported before, with what became of them. */
export function EarlierLists({ lists }: { lists: RecommendationList[] }) {
  if (lists.length === 0) return null;
  return (
    <Panel id="earlier" title="以前导出的清单">
      <DataTable
        caption="以前导出的清单"
        rows={lists}
        rowKey={(list) => list.id}
        head="ordinal"
        columns={[
          { key: 'ordinal', title: '清单', render: (list) => `第 ${list.ordinal} 份` },
          { key: 'code', title: '清单码', render: (list) => <code>{list.code}</code> },
          { key: 'entries', title: '项目数', figure: true, render: (list) => list.entries },
          {
            key: 'exportedAt',
            title: '导出',
            render: (list) => `${momentOf(list.exportedAt)}，${list.exportedByName}`,
          },
          {
            key: 'state',
            title: '状态',
            render: (list) => (
              <>
                <Tag tone={STATE[list.state].tone}>{STATE[list.state].label}</Tag>
                {list.voidReason && <span className="ks-clause"> {list.voidReason}</span>}
                {list.deliveredAt && <span className="ks-clause"> {momentOf(list.deliveredAt)}</span>}
              </>
            ),
          },
          {
            key: 'tools',
            title: '下载',
            render: (list) => (
              <>
                <a href={`/api/lists/${list.id}/list.pdf`} target="_blank" rel="noreferrer">
                  PDF<span className="ks-hidden">（第 {list.ordinal} 份，在新标签页打开）</span>
                </a>
                　
                <a href={`/api/lists/${list.id}/list.xlsx`}>
                  Excel<span className="ks-hidden">（第 {list.ordinal} 份）</span>
                </a>
              </>
            ),
          },
        ]}
      />
    </Panel>
  );
}
