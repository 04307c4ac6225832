import { Link } from 'react-router';
import type { ApplicationSummary } from '../api/types.ts';
import { Checkbox, type Column, DataTable, Tag } from '../kit/index.ts';
import { momentOf } from '../text/beijing-time.ts';
import { FindingTags } from './findings-tag.tsx';
import { toneOf } from './states.ts';

type Props = {
  caption: string;
  rows: ApplicationSummary[];
  linkTo: (application: ApplicationSummary) => string;
  /** Which rows are chosen for a step on many; absent where nothing is done to many. */
  chosen?: ReadonlySet<string>;
  onChoose?: (chosen: ReadonlySet<string>) => void;
};

/** Applications as every list shows them. */
export function ApplicationTable({ caption, rows, linkTo, chosen, onChoose }: Props) {
  const all = chosen !== undefined && rows.every(({ id }) => chosen.has(id));
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChoose?.(next);
  };
  const choosing: Column<ApplicationSummary>[] = chosen
    ? [
        {
          key: 'choose',
          width: 40,
          title: (
            <Checkbox
              aria-label="选中本页全部"
              checked={all}
              indeterminate={!all && rows.some(({ id }) => chosen.has(id))}
              onChange={() => onChoose?.(new Set(all ? [] : rows.map(({ id }) => id)))}
            />
          ),
          render: (row) => (
            <Checkbox
              aria-label={`选中 ${row.title || row.number}`}
              checked={chosen.has(row.id)}
              onChange={() => toggle(row.id)}
            />
          ),
        },
      ]
    : [];
  return (
    <DataTable
      caption={caption}
      rows={rows}
      rowKey={(row) => row.id}
      head="title"
      columns={[
        ...choosing,
        {
          key: 'title',
          title: '项目名称',
          render: (row) => <Link to={linkTo(row)}>{row.title || '（未填项目名称）'}</Link>,
        },
        { key: 'number', title: '申报编号', render: (row) => row.number },
        { key: 'organisation', title: '申报单位', render: (row) => row.organisationName },
        { key: 'applicant', title: '申报人', render: (row) => row.applicantName },
        { key: 'state', title: '状态', render: (row) => <Tag tone={toneOf(row.state)}>{row.stateLabel}</Tag> },
        ...(chosen
          ? [
              {
                key: 'findings',
                title: '条款核对',
                render: (row: ApplicationSummary) => <FindingTags kinds={row.findings} />,
              },
            ]
          : []),
        {
          key: 'submittedAt',
          title: '提交时间',
          figure: true,
          render: (row) => (row.submittedAt ? momentOf(row.submittedAt) : '—'),
        },
      ]}
    />
  );
}
