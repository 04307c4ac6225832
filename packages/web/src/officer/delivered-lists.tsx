import { Link } from 'react-router';
import type { DeliveredList } from '../api/types.ts';
import { DataTable } from '../kit/index.ts';
import { momentOf } from '../text/beijing-time.ts';

/** What has arrived: each list with its papers and its applications. */
export function DeliveredLists({ roundId, lists }: { roundId: string; lists: DeliveredList[] }) {
  return (
    <>
      {lists.map((list) => (
        <details key={list.id} className="ko-list" open={lists.length <= 3}>
          <summary>
            <strong>{list.departmentName}</strong>
            <span>
              {list.entries} 个项目，{list.deliveredAt && `${momentOf(list.deliveredAt)} 报送`}，清单码{' '}
              <code>{list.code}</code>
            </span>
          </summary>
          <p className="ko-files">
            <File href={`/api/lists/${list.id}/list.pdf`} text="清单 PDF" of={list} />
            <File href={`/api/lists/${list.id}/list.xlsx`} text="清单 Excel" of={list} />
            {list.sealedScanName && <File href={`/api/lists/${list.id}/sealed-scan`} text="盖章扫描件" of={list} />}
            {list.letterName && <File href={`/api/lists/${list.id}/letter`} text="推荐文件" of={list} />}
            {list.pledge?.scanName && (
              <File href={`/api/pledges/${list.pledge.id}/scan`} text={list.pledge.title} of={list} />
            )}
            <File href={`/api/lists/${list.id}/receipt.pdf`} text="报送回执" of={list} />
          </p>
          {list.scanReading && <p className="ks-clause ko-files">盖章扫描件：{list.scanReading}</p>}
          <DataTable
            caption={`${list.departmentName}报送的项目`}
            rows={list.applications}
            rowKey={(row) => row.id}
            head="title"
            columns={[
              {
                key: 'title',
                title: '项目名称',
                render: (row) => <Link to={`/officer/applications/${row.id}?round=${roundId}`}>{row.title}</Link>,
              },
              { key: 'number', title: '申报编号', render: (row) => row.number },
              { key: 'organisation', title: '申报单位', render: (row) => row.organisationName },
              { key: 'versionCode', title: '版本码', render: (row) => <code>{row.versionCode}</code> },
            ]}
          />
        </details>
      ))}
    </>
  );
}

function File({ href, text, of }: { href: string; text: string; of: DeliveredList }) {
  return (
    <a href={href} target="_blank" rel="noreferrer">
      {text}
      <span className="ks-hidden">（{of.departmentName}，在新标签页打开）</span>
    </a>
  );
}
