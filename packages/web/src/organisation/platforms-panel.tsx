import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { type HostedPlatform, type Paper, usePlatformsOf } from '../api/organisations.ts';
import {
  AddIcon,
  Button,
  ConfirmDialog,
  DataTable,
  DateInput,
  EmptyState,
  Field,
  Input,
  Loaded,
  Panel,
  Radio,
  Select,
  Tag,
  type Tone,
} from '../kit/index.ts';
import { PaperUpload } from '../profile/paper-upload.tsx';
import { dateInWords } from '../text/beijing-time.ts';

const STATE: Record<string, { label: string; tone: Tone }> = {
  open: { label: '待部门确认', tone: 'wait' },
  confirmed: { label: '已确认', tone: 'good' },
  declined: { label: '未确认', tone: 'bad' },
  withdrawn: { label: '已撤回', tone: 'plain' },
};

/** The platforms that the organisation hosts, and naming another one. */
export function PlatformsPanel({ organisationId }: { organisationId: string }) {
  const platforms = usePlatformsOf(organisationId);
  const [asking, setAsking] = useState(false);
  const [leaving, setLeaving] = useState<HostedPlatform>();
  const queries = useQueryClient();
  return (
    <Panel
      title="所依托的平台"
      note="重点实验室、国际合作基地等。部门确认后可用于单独推荐名额。"
      aside={
        <Button icon={<AddIcon aria-hidden />} onClick={() => setAsking(true)}>
          申报平台
        </Button>
      }
    >
      <Loaded query={platforms} rows={2}>
        {({ items, kinds }) => (
          <>
            {items.length === 0 ? (
              <EmptyState title="还没有申报平台">本单位有认定的实验室、合作基地等，点“申报平台”。</EmptyState>
            ) : (
              <DataTable
                caption="本单位的平台"
                rows={items}
                rowKey={({ id }) => id}
                head="name"
                columns={[
                  { key: 'name', title: '平台', render: (one) => `${one.name}${one.number && `（${one.number}）`}` },
                  { key: 'kind', title: '类别', render: (one) => one.kindLabel },
                  {
                    key: 'by',
                    title: '认定',
                    render: (one) => `${one.confirmedByAuthority}，${dateInWords(one.confirmedOn)}`,
                  },
                  { key: 'ongoing', title: '在研合作项目', render: (one) => (one.ongoingCooperation ? '有' : '没有') },
                  {
                    key: 'state',
                    title: '状态',
                    render: ({ decision, decisionNote }) => {
                      const { label, tone } = STATE[decision ?? 'open'] ?? { label: '', tone: 'plain' };
                      return (
                        <>
                          <Tag tone={tone}>{label}</Tag> {decision === 'declined' && decisionNote}
                        </>
                      );
                    },
                  },
                  {
                    key: 'tools',
                    title: '操作',
                    render: (one) =>
                      (one.decision === null || one.decision === 'confirmed') && (
                        <Button size="small" aria-label={`撤回 ${one.name}`} onClick={() => setLeaving(one)}>
                          撤回
                        </Button>
                      ),
                  },
                ]}
              />
            )}
            <AskDialog open={asking} kinds={kinds} onClose={() => setAsking(false)} />
          </>
        )}
      </Loaded>
      <ConfirmDialog
        title={`撤回平台：${leaving?.name ?? ''}`}
        confirm="撤回"
        danger
        open={leaving !== undefined}
        onClose={() => setLeaving(undefined)}
        onConfirm={async () => {
          const answer = await call('POST', `/organisation/platforms/${leaving?.id}/withdraw`);
          await queries.invalidateQueries({ queryKey: ['organisations'] });
          return answer;
        }}
      >
        <p>撤回后不能再用它的单独名额；要恢复须重新申报、由部门确认。</p>
      </ConfirmDialog>
    </Panel>
  );
}

type AskProps = { open: boolean; kinds: { value: string; label: string }[]; onClose: () => void };
const BLANK = { name: '', number: '', confirmedByAuthority: '', confirmedOn: '' };

function AskDialog({ open, kinds, onClose }: AskProps) {
  const queries = useQueryClient();
  const [draft, setDraft] = useState<typeof BLANK & { kind?: string; ongoingCooperation?: boolean }>(BLANK);
  const [paper, setPaper] = useState<Paper>();
  const change = (part: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...part }));
  const close = () => {
    setDraft(BLANK);
    setPaper(undefined);
    onClose();
  };
  const send = async () => {
    const answer = await call('POST', '/organisation/platforms', {
      body: { ...draft, documents: paper ? [paper.id] : [] },
    });
    if (answer.ok) {
      await queries.invalidateQueries({ queryKey: ['organisations'] });
      close();
    }
    return answer;
  };
  const text = (key: keyof typeof BLANK, label: string, help?: string) => (
    <Field label={label} required={key !== 'number'} help={help}>
      {(slots) => (
        <Input
          {...slots}
          value={draft[key]}
          maxLength={100}
          onChange={(event) => change({ [key]: event.target.value })}
        />
      )}
    </Field>
  );
  const ready =
    draft.kind &&
    draft.name &&
    draft.confirmedByAuthority &&
    draft.confirmedOn &&
    paper &&
    draft.ongoingCooperation !== undefined;
  return (
    <ConfirmDialog
      title="申报所依托的平台"
      confirm="送审"
      open={open}
      ready={Boolean(ready)}
      onClose={close}
      onConfirm={send}
    >
      <Field label="平台类别" required>
        {(slots) => (
          <Select
            {...slots}
            placeholder="请选择"
            {...(draft.kind ? { value: draft.kind } : {})}
            options={kinds}
            onChange={(kind: string) => change({ kind })}
          />
        )}
      </Field>
      {text('name', '平台名称', '按认定文件写全称。')}
      {text('number', '平台编号', '没有编号的不填。')}
      {text('confirmedByAuthority', '认定部门')}
      <Field label="认定日期" required>
        {(slots) => (
          <DateInput
            {...slots}
            name="认定日期"
            value={draft.confirmedOn}
            onChange={(confirmedOn) => change({ confirmedOn: confirmedOn ?? '' })}
          />
        )}
      </Field>
      <fieldset className="ks-field ks-fieldset">
        <legend className="ks-field__label">这个平台现在有没有在研的省级合作计划项目</legend>
        <Radio.Group
          value={draft.ongoingCooperation}
          options={[
            { value: false, label: '没有' },
            { value: true, label: '有' },
          ]}
          onChange={(event) => change({ ongoingCooperation: event.target.value === true })}
        />
      </fieldset>
      <PaperUpload
        title="平台认定文件"
        kind="platformProof"
        help="认定（批准）文件的扫描件，PDF 或照片，10 MB 以内。"
        path="/organisation/documents"
        stored={paper}
        onStored={setPaper}
      />
    </ConfirmDialog>
  );
}
