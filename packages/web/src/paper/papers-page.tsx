import { PAPER_STANDINGS, type PaperStanding } from '@keshen/rules';
import { useState } from 'react';
import { useParams, useSearchParams } from 'react-router';
import { queryText } from '../api/client.ts';
import { useRounds } from '../api/queries.ts';
import { RoundChoice } from '../application/round-choice.tsx';
import { Button, DownloadIcon, EmptyState, Field, Input, Loaded, Page, Pager, Panel, Select } from '../kit/index.ts';
import { Desk } from './desk.tsx';
import { DutyTable } from './duty-table.tsx';
import { type PaperDuty, type Papers, usePapers } from './queries.ts';
import { StartPeriod } from './start-period.tsx';

const PAGE_SIZE = 50;
const ORDER: readonly PaperStanding[] = ['overdue', 'incomplete', 'due', 'waiting', 'completeLate', 'complete'];

/** 纸质材料: for the desk that receives it, and for whoever brings it. */
export default function PapersPage() {
  const { roundId } = useParams();
  return roundId === undefined ? (
    <RoundChoice
      title="纸质材料"
      linkTo={(round) => `/papers/${round.id}`}
      empty="科技厅发布通知后，这里列出要交的纸质材料。"
    />
  ) : (
    <PapersOf key={roundId} roundId={roundId} />
  );
}

function PapersOf({ roundId }: { roundId: string }) {
  const [search, setSearch] = useSearchParams();
  const page = Number(search.get('page') ?? 1);
  const filter = { q: search.get('q') ?? '', standing: search.get('standing') ?? '', paper: search.get('paper') ?? '' };
  const severalRounds = (useRounds().data?.items.length ?? 0) > 1;
  const papers = usePapers(roundId, { ...filter, page, pageSize: PAGE_SIZE });
  const put = (part: Record<string, string>) =>
    setSearch((before) => ({ ...Object.fromEntries(before), page: '1', ...part }), { replace: true });
  return (
    <Loaded query={papers}>
      {(found) => (
        <Page
          title="纸质材料"
          lead={found.call.title}
          {...(severalRounds && { back: { to: '/papers', label: '各项通知' } })}
          actions={
            found.asked && (
              <>
                {!found.desk && (
                  <Button href={`/api/rounds/${roundId}/paper-slip.pdf`} target="_blank">
                    打印送件单
                  </Button>
                )}
                <Button
                  icon={<DownloadIcon aria-hidden />}
                  href={`/api/rounds/${roundId}/papers.xlsx${queryText(filter)}`}
                >
                  导出 Excel
                </Button>
              </>
            )
          }
        >
          {found.asked ? (
            <>
              {found.desk && <Desk recommendingDepartment={found.call.recommendingDepartment} />}
              <DutyList {...{ found, filter, page, put }} onClear={() => setSearch({})} />
            </>
          ) : (
            <Panel>
              <EmptyState title="本次通知不收纸质材料">全部在网上办理，不用送纸质的。</EmptyState>
            </Panel>
          )}
        </Page>
      )}
    </Loaded>
  );
}

type ListProps = {
  found: Papers;
  filter: { q: string; standing: string; paper: string };
  page: number;
  put: (part: Record<string, string>) => void;
  onClear: () => void;
};

function DutyList({ found, filter, page, put, onClear }: ListProps) {
  const [starting, setStarting] = useState<PaperDuty>();
  const { items, total, counts, papers, desk, starts } = found;
  const standings = ORDER.map((standing) => ({
    value: standing as string,
    label: `${PAPER_STANDINGS[standing]}（${counts[standing] ?? 0}）`,
  }));
  const narrowed = Object.values(filter).some((value) => value !== '');
  return (
    <Panel title={desk ? '应收清单' : '应送清单'}>
      <search className="ks-filters" aria-label="筛选">
        <Field label="查找">
          {(slots) => (
            <Input.Search
              {...slots}
              key={filter.q}
              defaultValue={filter.q}
              placeholder="编号、项目、单位"
              allowClear
              onSearch={(typed) => put({ q: typed.trim() })}
            />
          )}
        </Field>
        <Field label="情况">
          {(slots) => (
            <Select
              {...slots}
              value={filter.standing}
              options={[{ value: '', label: '全部' }, ...standings]}
              onChange={(standing: string) => put({ standing })}
            />
          )}
        </Field>
        {papers.length > 1 && (
          <Field label="材料">
            {(slots) => (
              <Select
                {...slots}
                value={filter.paper}
                options={[
                  { value: '', label: '全部' },
                  ...papers.map(({ key, title }) => ({ value: key, label: title })),
                ]}
                onChange={(paper: string) => put({ paper })}
              />
            )}
          </Field>
        )}
      </search>
      {total > 0 ? (
        <>
          <DutyTable rows={items} desk={desk} {...(starts && { onStart: setStarting })} />
          <Pager page={page} pageSize={PAGE_SIZE} total={total} onPage={(next) => put({ page: String(next) })} />
        </>
      ) : narrowed ? (
        <EmptyState title="没有符合条件的材料" action={<Button onClick={onClear}>清除筛选</Button>} />
      ) : (
        <EmptyState title="现在没有要交的纸质材料">网上提交以后，按通知要交纸质的会列在这里。</EmptyState>
      )}
      <StartPeriod duty={starting} onClose={() => setStarting(undefined)} />
    </Panel>
  );
}
