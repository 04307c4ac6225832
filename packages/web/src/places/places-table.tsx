import type { ReactNode } from 'react';
import type { PlacesLeft } from '../api/types.ts';
import { DataTable } from '../kit/index.ts';

type Props = {
  places: readonly PlacesLeft[];
  /** What stands at the end of a row. */
  action?: (row: PlacesLeft) => ReactNode;
};

/** Who has how many places, how many are taken and how many are left, each with its clause. */
export function PlacesTable({ places, action }: Props) {
  return (
    <DataTable
      caption="名额"
      rows={places}
      rowKey={(row) => `${row.quota} ${row.holder}`}
      head="title"
      columns={[
        {
          key: 'title',
          title: '名额',
          render: (row) => (
            <>
              {row.title}
              <span className="kl-clause">{row.clause.at}</span>
              {row.note && <span className="kl-note">{row.note}</span>}
            </>
          ),
        },
        { key: 'holder', title: '归谁用', render: (row) => row.holderName },
        {
          key: 'places',
          title: '共',
          figure: true,
          render: (row) =>
            row.adjusted === 0
              ? row.granted
              : `${row.granted + row.adjusted}（${row.granted}${row.adjusted > 0 ? '＋' : '－'}${Math.abs(row.adjusted)}）`,
        },
        {
          key: 'taken',
          title: '已用',
          figure: true,
          render: (row) => row.taken,
        },
        {
          key: 'left',
          title: '还剩',
          figure: true,
          render: (row) => <strong className={row.left === 0 ? 'kl-none' : ''}>{row.left}</strong>,
        },
        ...(action ? [{ key: 'action', title: '操作', render: action }] : []),
      ]}
    />
  );
}
