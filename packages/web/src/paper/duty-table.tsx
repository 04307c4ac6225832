import { PAPER_STARTS } from '@keshen/rules';
import { Button, DataTable } from '../kit/index.ts';
import { dateInWords } from '../text/beijing-time.ts';
import { Deliveries } from './deliveries.tsx';
import type { PaperDuty } from './queries.ts';
import { StandingTag } from './standing-tag.tsx';

type Props = { rows: readonly PaperDuty[]; desk: boolean; onStart?: (duty: PaperDuty) => void };

/** Papers by urgency: what, whose, how many are there, by when, what came. */
export function DutyTable({ rows, desk, onStart }: Props) {
  return (
    <DataTable
      caption="纸质材料"
      rows={rows}
      rowKey={(row) => `${row.id} ${row.paper}`}
      head="what"
      columns={[
        {
          key: 'what',
          title: '项目（清单）',
          render: (row) => (
            <>
              {row.kind === 'list' ? row.paperTitle : row.title || '未命名的申报书'}
              <div className="kp-how">
                {row.number}　{row.organisationName ?? row.departmentName}
              </div>
            </>
          ),
        },
        { key: 'paper', title: '材料', render: (row) => row.paperTitle },
        { key: 'copies', title: '已收／应交', figure: true, width: 96, render: (row) => `${row.held}／${row.copies}` },
        {
          key: 'due',
          title: '时限',
          render: (row) => (
            <>
              {row.due}
              {onStart && row.startsAt && row.online && (
                <div>
                  <Button size="small" onClick={() => onStart(row)}>
                    {row.startedOn
                      ? `改${PAPER_STARTS[row.startsAt]}日期（${dateInWords(row.startedOn)}）`
                      : `登记${PAPER_STARTS[row.startsAt]}日期`}
                  </Button>
                </div>
              )}
            </>
          ),
        },
        {
          key: 'standing',
          title: '情况',
          width: 96,
          render: (row) => <StandingTag standing={row.standing} label={row.standingLabel} />,
        },
        {
          key: 'deliveries',
          title: '收件',
          render: (row) => <Deliveries deliveries={row.deliveries} desk={desk} />,
        },
      ]}
    />
  );
}
