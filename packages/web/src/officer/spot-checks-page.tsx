import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { call } from '../api/client.ts';
import { useRounds } from '../api/queries.ts';
import { useSpotChecks } from '../api/review-queries.ts';
import type { SpotCheck } from '../api/review-types.ts';
import { RoundChoice } from '../application/round-choice.tsx';
import {
  Button,
  ConfirmDialog,
  DataTable,
  EmptyState,
  Facts,
  Field,
  Input,
  Loaded,
  Page,
  Panel,
  useToast,
} from '../kit/index.ts';
import { momentOf } from '../text/beijing-time.ts';

/** Draws for spot checks: announced with a hash first, drawn with a public value after, repeatable by anybody. */
export default function SpotChecksPage() {
  const { roundId } = useParams();
  const rounds = useRounds();
  if (!roundId)
    return (
      <RoundChoice
        title="抽查"
        linkTo={(round) => `/spot-checks/${round.id}`}
        empty="发布申报通知后，可以在这里公告和抽取。"
      />
    );
  return <OfRound roundId={roundId} title={rounds.data?.items.find(({ id }) => id === roundId)?.title ?? ''} />;
}

function OfRound({ roundId, title }: { roundId: string; title: string }) {
  const checks = useSpotChecks(roundId);
  const [announcing, setAnnouncing] = useState(false);
  const clause = checks.data?.clause;
  return (
    <Page
      title="抽查"
      lead={title}
      back={{ to: '/spot-checks', label: '选择通知' }}
      actions={
        <Button type="primary" onClick={() => setAnnouncing(true)}>
          公告一次抽查
        </Button>
      }
    >
      <p className="ks-panel__note">
        先公告比例、种子密文的校验值和日后公布的一个数字，再抽取；抽取后密文、名单和结果一并公布，任何人可以复算。
        {clause && <span className="ks-clause">通知{clause.at}</span>}
      </p>
      <Loaded query={checks}>
        {({ items }) =>
          items.length === 0 ? (
            <Panel>
              <EmptyState title="还没有抽查">点“公告一次抽查”，写明比例和用哪一天公布的数字。</EmptyState>
            </Panel>
          ) : (
            items.map((check) => <Check key={check.id} check={check} roundId={roundId} />)
          )
        }
      </Loaded>
      <Announce roundId={roundId} open={announcing} onClose={() => setAnnouncing(false)} />
    </Page>
  );
}

function Check({ check, roundId }: { check: SpotCheck; roundId: string }) {
  const [drawing, setDrawing] = useState(false);
  const { draw } = check;
  return (
    <Panel
      title={`${momentOf(check.announcedAt)} 公告，抽取 ${check.percent}%`}
      aside={
        <a href={`/spot-checks/${check.id}`} target="_blank" rel="noreferrer">
          公开页面
        </a>
      }
    >
      <Facts
        items={[
          ['公告人', check.announcedByName],
          ['公开数字', check.publicSource],
          ['密文的校验值', <code key="hash">{check.secretHash}</code>],
          draw && ['抽取', `${draw.drawnByName} ${momentOf(draw.drawnAt)}`],
          draw && ['填入的数字', draw.publicValue],
          draw && ['从多少份中抽取', `${draw.population} 份`],
          draw && ['名单的校验值', <code key="population">{draw.populationHash}</code>],
        ]}
      />
      {draw ? (
        <DataTable
          caption="抽中的申报书"
          rows={draw.applications}
          rowKey={(row) => row.id}
          head="title"
          columns={[
            {
              key: 'title',
              title: '项目名称',
              render: (row) => <Link to={`/officer/applications/${row.id}`}>{row.title}</Link>,
            },
            { key: 'number', title: '申报编号', render: (row) => row.number },
            { key: 'organisation', title: '申报单位', render: (row) => row.organisationName },
            { key: 'department', title: '推荐部门', render: (row) => row.departmentName },
          ]}
        />
      ) : (
        <div className="ks-actions" style={{ marginTop: 16 }}>
          <Button type="primary" onClick={() => setDrawing(true)}>
            抽取
          </Button>
        </div>
      )}
      <Draw check={check} roundId={roundId} open={drawing} onClose={() => setDrawing(false)} />
    </Panel>
  );
}

function Announce({ roundId, open, onClose }: { roundId: string; open: boolean; onClose: () => void }) {
  const queries = useQueryClient();
  const [percent, setPercent] = useState('10');
  const [publicSource, setSource] = useState('');
  const share = Number(percent);
  const announce = async () => {
    const answer = await call('POST', `/rounds/${roundId}/spot-checks`, { body: { percent: share, publicSource } });
    await queries.invalidateQueries({ queryKey: ['spot-checks', roundId] });
    return answer;
  };
  return (
    <ConfirmDialog
      title="公告一次抽查"
      confirm="公告"
      open={open}
      ready={publicSource.trim() !== '' && Number.isInteger(share) && share >= 1 && share <= 100}
      onClose={onClose}
      onConfirm={announce}
    >
      <p>公告后不能更改。系统生成一段密文，先只公布它的校验值。</p>
      <Field label="比例（%）" required help="1 至 100 的整数；不足 1 份的算 1 份。">
        {(slots) => (
          <Input
            {...slots}
            inputMode="numeric"
            style={{ width: 120 }}
            value={percent}
            onChange={(event) => setPercent(event.target.value)}
          />
        )}
      </Field>
      <Field label="公开数字" required help="日后公布、现在谁也不知道的数字，例如：2026年6月1日福彩3D开奖号码。">
        {(slots) => (
          <Input {...slots} value={publicSource} maxLength={200} onChange={(event) => setSource(event.target.value)} />
        )}
      </Field>
    </ConfirmDialog>
  );
}

type DrawProps = { check: SpotCheck; roundId: string; open: boolean; onClose: () => void };

function Draw({ check, roundId, open, onClose }: DrawProps) {
  const queries = useQueryClient();
  const toast = useToast();
  const [publicValue, setValue] = useState('');
  const draw = async () => {
    const answer = await call<{ drawn: string[] }>('POST', `/spot-checks/${check.id}/draw`, { body: { publicValue } });
    if (answer.ok) toast.success(`抽中${answer.value.drawn.length}份`);
    await queries.invalidateQueries({ queryKey: ['spot-checks', roundId] });
    return answer;
  };
  return (
    <ConfirmDialog
      title="抽取"
      confirm="抽取并公布"
      open={open}
      ready={publicValue.trim() !== ''}
      onClose={onClose}
      onConfirm={draw}
    >
      <p>从现在已报送到科技厅的全部项目中抽取 {check.percent}%。只能抽一次，结果立即公布，不能更改。</p>
      <Field label={check.publicSource} required help="按公布的原样填写。">
        {(slots) => (
          <Input {...slots} value={publicValue} maxLength={100} onChange={(event) => setValue(event.target.value)} />
        )}
      </Field>
    </ConfirmDialog>
  );
}
