import { usePapers } from '../api/organisations.ts';
import { EmptyState, Loaded, Tag } from '../kit/index.ts';
import { momentOf } from '../text/beijing-time.ts';
import { formatBytes } from '../text/bytes.ts';

type Props = { organisationId: string; only?: { changeId?: string; platformId?: string } };

/** An organisation's papers, or those of one request. */
export function PaperList({ organisationId, only }: Props) {
  return (
    <Loaded query={usePapers(organisationId)} rows={2}>
      {({ items }) => {
        const shown = only
          ? items.filter(({ changeId, platformId }) => changeId === only.changeId && platformId === only.platformId)
          : items;
        if (shown.length === 0) return only ? <p className="ks-none">没有附材料</p> : <EmptyState title="没有材料" />;
        return (
          <ul className="ko-papers">
            {shown.map((paper) => (
              <li key={paper.id}>
                <a href={`/api/organisation-documents/${paper.id}`} target="_blank" rel="noreferrer">
                  {paper.title}：{paper.fileName}
                  <span className="ks-hidden">（在新标签页打开）</span>
                </a>
                <span className="ks-none">
                  {formatBytes(paper.bytes)}
                  {paper.pages ? `，${paper.pages}页` : ''}，{momentOf(paper.storedAt)}
                </span>
                {paper.replacedAt && <Tag tone="plain">已换新件</Tag>}
                {paper.virus === 'not_scanned' && <Tag tone="plain">未查毒</Tag>}
                {paper.notes.length > 0 && <span>{paper.notes.join('；')}</span>}
              </li>
            ))}
          </ul>
        );
      }}
    </Loaded>
  );
}
