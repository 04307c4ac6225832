import type { BonusPlatform } from '../api/types.ts';
import { DataTable, Tag } from '../kit/index.ts';

/** The platforms that may give a place of their own, and why not where one gives none. */
export function BonusTable({ bonus }: { bonus: readonly BonusPlatform[] }) {
  return (
    <DataTable
      caption="单独名额"
      rows={bonus}
      rowKey={(row) => `${row.title} ${row.platformId}`}
      head="name"
      columns={[
        {
          key: 'name',
          title: '平台',
          render: (row) => (
            <>
              {row.name}
              <span className="kl-clause">
                {row.kind}，{row.clause.at}
              </span>
            </>
          ),
        },
        { key: 'organisation', title: '依托单位', render: (row) => row.organisationName },
        {
          key: 'left',
          title: '单独名额',
          render: (row) =>
            row.why ? (
              <span className="kl-note">{row.why}</span>
            ) : (
              <Tag tone="good">可用 {row.places - row.taken} 项</Tag>
            ),
        },
      ]}
    />
  );
}
