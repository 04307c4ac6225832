import { STAGE_KEYS, STAGES, type Stage } from '@keshen/rules';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { useOverview } from '../api/queries.ts';
import type { Extension, Round } from '../api/types.ts';
import { Field, Input, ReasonDialog, Select, useToast } from '../kit/index.ts';

type Whom = 'all' | 'begun' | 'department' | 'organisation' | 'application';

/** 2026-05-18 17:30, Beijing time, as an instant with its offset; undefined when it is no such time. */
function instantOf(typed: string): string | undefined {
  const found = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})$/.exec(typed.trim());
  const text = found ? `${found[1]}T${found[2]}:00+08:00` : '';
  return Number.isNaN(Date.parse(text)) ? undefined : text;
}

const ASKS = {
  begun: { label: '在此以前已经新建（北京时间）', help: '写作 2026-05-18 17:30' },
  organisation: { label: '单位的统一社会信用代码', help: '18位' },
  application: { label: '申报编号', help: '如 2026-32-000017' },
} as const;

function wantedFor(whom: Whom, of: string): object {
  const typed = of.trim();
  switch (whom) {
    case 'all':
      return { whom };
    case 'begun':
      return { whom, begunBy: instantOf(typed) };
    case 'department':
      return { whom, departmentId: typed };
    case 'organisation':
      return { whom, uscc: typed.toUpperCase() };
    case 'application':
      return { whom, number: typed.toUpperCase() };
  }
}

/** What is extended, until when, for whom and why; it holds once a second officer has approved it. */
export function ProposeExtension({ round, onClose }: { round: Round; onClose: () => void }) {
  const queries = useQueryClient();
  const toast = useToast();
  const [stage, setStage] = useState<Stage>('fill');
  const [until, setUntil] = useState('');
  const [whom, setWhom] = useState<Whom>('all');
  const [of, setOf] = useState('');
  const department = round.words['recommendingDepartment'] ?? '推荐部门';
  const closes = instantOf(until);
  const badTime = '时刻写得不对，请写作 2026-05-18 17:30';
  const kinds: { value: Whom; label: string }[] = [
    { value: 'all', label: '全部申报' },
    { value: 'begun', label: '某一时刻以前已经新建的申报' },
    { value: 'department', label: `一个${department}` },
    { value: 'organisation', label: '一个单位' },
    { value: 'application', label: '一份申报' },
  ];
  return (
    <ReasonDialog
      title="提出延期"
      confirm="提出"
      label="理由"
      help="记入日志，相关的人看得到"
      open
      onClose={onClose}
      onConfirm={async (reason) => {
        const answer = await call<Extension>('POST', `/rounds/${round.id}/extensions`, {
          body: { stage, until: closes ?? until, for: wantedFor(whom, of), reason },
        });
        if (answer.ok) toast.success('已提出，待第二人批准');
        await queries.invalidateQueries({ queryKey: ['extensions'] });
        return answer;
      }}
    >
      <Field label="环节" required>
        {(slots) => (
          <Select
            {...slots}
            value={stage}
            onChange={setStage}
            options={STAGE_KEYS.map((value) => ({
              value,
              label: STAGES[value].label.replace('{recommendingDepartment}', department),
            }))}
          />
        )}
      </Field>
      <Field
        label="延期至（北京时间）"
        required
        help="写作 2026-05-18 17:30，这一刻本身算在内"
        error={until !== '' && !closes ? badTime : undefined}
      >
        {(slots) => <Input {...slots} value={until} onChange={(event) => setUntil(event.target.value)} />}
      </Field>
      <Field label="给谁" required>
        {(slots) => (
          <Select
            {...slots}
            value={whom}
            onChange={(value: Whom) => {
              setWhom(value);
              setOf('');
            }}
            options={kinds}
          />
        )}
      </Field>
      {whom === 'department' && <DepartmentChoice roundId={round.id} label={department} value={of} onChange={setOf} />}
      {(whom === 'begun' || whom === 'organisation' || whom === 'application') && (
        <Field
          label={ASKS[whom].label}
          required
          help={ASKS[whom].help}
          error={whom === 'begun' && of !== '' && !instantOf(of) ? badTime : undefined}
        >
          {(slots) => <Input {...slots} value={of} onChange={(event) => setOf(event.target.value)} />}
        </Field>
      )}
    </ReasonDialog>
  );
}

type ChoiceProps = { roundId: string; label: string; value: string; onChange: (value: string) => void };

/** The departments that have something in this round. */
function DepartmentChoice({ roundId, label, value, onChange }: ChoiceProps) {
  const overview = useOverview(roundId);
  const options = (overview.data?.departments ?? []).map(({ departmentId, departmentName }) => ({
    value: departmentId,
    label: departmentName,
  }));
  return (
    <Field label={label} required>
      {(slots) => (
        <Select {...slots} showSearch optionFilterProp="label" value={value} onChange={onChange} options={options} />
      )}
    </Field>
  );
}
