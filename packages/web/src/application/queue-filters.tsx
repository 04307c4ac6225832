import type { State } from '@keshen/rules';
import { useState } from 'react';
import { useQueueChoices } from '../api/review-queries.ts';
import type { Round } from '../api/types.ts';
import { Field, Input, Select } from '../kit/index.ts';
import { FINDING_KINDS } from './findings-tag.tsx';
import { stateOptions } from './states.ts';

export const ALL = 'all';
export type QueueFilter = Record<
  'q' | 'state' | 'roundId' | 'topic' | 'organisationId' | 'finding' | 'dueWithin' | 'reviewer' | 'sort',
  string
>;

type Props = {
  filter: QueueFilter;
  states: readonly State[];
  rounds: readonly Round[];
  /** The people who may be assigned stand in the filter only where reviews are shared. */
  onChange: (part: Partial<QueueFilter>) => void;
};

const ANY = { value: '', label: '全部' };
const DAYS = ['1', '3', '7', '14'];
const SORTS = [
  { value: '-updatedAt', label: '最近变动' },
  { value: 'submittedAt', label: '提交最早' },
  { value: '-submittedAt', label: '提交最晚' },
  { value: 'number', label: '申报编号' },
  { value: 'organisation', label: '申报单位' },
  { value: 'title', label: '项目名称' },
];

/** Everything that narrows a reviewer's list. */
export function QueueFilters({ filter, states, rounds, onChange }: Props) {
  const choices = useQueueChoices(filter.roundId).data;
  const words = (rounds.find((round) => round.id === filter.roundId) ?? rounds[0])?.words;
  const pick = (label: string, key: keyof QueueFilter, options: { value: string; label: string }[], width = 180) => (
    <Field label={label}>
      {(slots) => (
        <Select
          {...slots}
          value={filter[key]}
          style={{ width }}
          showSearch={options.length > 8}
          optionFilterProp="label"
          options={options}
          onChange={(next: string) => onChange({ [key]: next })}
        />
      )}
    </Field>
  );
  return (
    <>
      <SearchField value={filter.q} onSearch={(q) => onChange({ q })} />
      {pick('状态', 'state', [...stateOptions(states, words), { value: ALL, label: '全部' }])}
      {rounds.length > 1 &&
        pick('通知', 'roundId', [ANY, ...rounds.map(({ id, title }) => ({ value: id, label: title }))], 280)}
      {choices &&
        choices.topics.length > 1 &&
        pick('申报方向', 'topic', [ANY, ...choices.topics.map(({ topic, title }) => ({ value: topic, label: title }))])}
      {choices &&
        choices.organisations.length > 1 &&
        pick('申报单位', 'organisationId', [
          ANY,
          ...choices.organisations.map(({ id, name }) => ({ value: id, label: name })),
        ])}
      {pick(
        '条款核对',
        'finding',
        [
          ANY,
          ...Object.entries(FINDING_KINDS).map(([value, { label }]) => ({ value, label })),
          { value: 'clear', label: '全部符合' },
        ],
        140,
      )}
      {pick('办理时限', 'dueWithin', [ANY, ...DAYS.map((days) => ({ value: days, label: `剩 ${days} 天以内` }))], 140)}
      {choices &&
        choices.reviewers.length > 0 &&
        pick(
          '审核人',
          'reviewer',
          [
            ANY,
            { value: 'none', label: '未指定' },
            ...choices.reviewers.map(({ id, name }) => ({ value: id, label: name })),
          ],
          140,
        )}
      {pick('排序', 'sort', SORTS, 130)}
    </>
  );
}

function SearchField({ value, onSearch }: { value: string; onSearch: (q: string) => void }) {
  const [text, setText] = useState(value);
  return (
    <Field label="查找">
      {(slots) => (
        <Input.Search
          {...slots}
          value={text}
          placeholder="项目名称、编号、单位、申报人"
          allowClear
          style={{ width: 280 }}
          onChange={(event) => setText(event.target.value)}
          onSearch={(typed) => onSearch(typed.trim())}
        />
      )}
    </Field>
  );
}
