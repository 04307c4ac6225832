import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { call } from '../api/client.ts';
import type { ApplicationSummary, ListColumnToDecide, Recommendations, Refusal } from '../api/types.ts';
import { Button, Checkbox, ConfirmDialog, DataTable, Input, Panel, RefusalNotice, Tag } from '../kit/index.ts';

type Props = {
  applications: readonly ApplicationSummary[];
  columns: readonly ListColumnToDecide[];
  decisions: Recommendations['decisions'];
  hasCurrent: boolean;
};

/** What the department itself has to say of each project on its list; one column at a time, or the rest of a column at once. */
export function DecideColumns({ applications, columns, decisions, hasCurrent }: Props) {
  const [openOnly, setOpenOnly] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const queries = useQueryClient();
  const put = async (application: string, column: string, text: string) => {
    const answer = await call('PUT', `/applications/${application}/list-columns/${column}`, { body: { text } });
    setRefusal(answer.ok ? undefined : answer.refusal);
    return answer;
  };
  const refresh = () => queries.invalidateQueries({ queryKey: ['recommendations'] });
  const textOf = (application: string, column: string) => decisions[application]?.[column] ?? '';
  const isOpen = ({ id }: ApplicationSummary) => columns.some(({ key }) => textOf(id, key) === '');
  const open = applications.filter(isOpen).length;
  return (
    <Panel
      id="decide"
      title="审定各列"
      aside={open > 0 ? <Tag tone="wait">还有 {open} 个项目</Tag> : <Tag tone="good">已审定</Tag>}
      note={`清单上这几列由本部门审定填写，逐项填好才能导出。${hasCurrent ? '改动任何一处，已导出的清单即失效。' : ''}`}
    >
      {refusal && <RefusalNotice refusal={refusal} />}
      <div className="kd-fill">
        {open > 0 && open < applications.length && (
          <Checkbox checked={openOnly} onChange={(event) => setOpenOnly(event.target.checked)}>
            只看没有填完的
          </Checkbox>
        )}
        {columns.map((column) => (
          <FillRest
            key={column.key}
            column={column}
            empty={applications.filter(({ id }) => textOf(id, column.key) === '')}
            onFill={put}
            onDone={refresh}
          />
        ))}
      </div>
      <div className="kd-decide">
        <DataTable
          caption="审定各列"
          rows={openOnly ? applications.filter(isOpen) : applications}
          rowKey={({ id }) => id}
          head="title"
          columns={[
            {
              key: 'title',
              title: '项目名称',
              width: '26%',
              render: (row) => (
                <>
                  <Link to={`/department/applications/${row.id}`}>{row.title}</Link>
                  <span className="ks-clause"> {row.organisationName}</span>
                </>
              ),
            },
            ...columns.map((column) => ({
              key: column.key,
              title: column.title,
              render: (row: ApplicationSummary) => (
                <Decision
                  key={textOf(row.id, column.key)}
                  label={`${row.title}：${column.title}`}
                  column={column}
                  text={textOf(row.id, column.key)}
                  onText={(text) => void put(row.id, column.key, text).then(refresh)}
                />
              ),
            })),
          ]}
        />
      </div>
    </Panel>
  );
}

type DecisionProps = { label: string; column: ListColumnToDecide; text: string; onText: (text: string) => void };

/** A text with the usual answers to pick from; kept when the field is left. */
function Decision({ label, column, text, onText }: DecisionProps) {
  const [typed, setTyped] = useState(text);
  const keep = (next: string) => {
    if (next.trim() !== text) onText(next.trim());
  };
  const list = `choices-${column.key}`;
  return (
    <>
      <Input
        aria-label={label}
        value={typed}
        list={list}
        maxLength={300}
        status={text === '' ? 'warning' : ''}
        placeholder="未审定"
        onChange={(event) => {
          setTyped(event.target.value);
          // Picking from the list is an answer by itself; typing is one when the field is left.
          if (column.choices.includes(event.target.value)) keep(event.target.value);
        }}
        onBlur={() => keep(typed)}
        onPressEnter={() => keep(typed)}
      />
      <datalist id={list}>
        {column.choices.map((choice) => (
          <option key={choice} value={choice}>
            {choice}
          </option>
        ))}
      </datalist>
    </>
  );
}

type FillProps = {
  column: ListColumnToDecide;
  empty: readonly ApplicationSummary[];
  onFill: (application: string, column: string, text: string) => ReturnType<typeof call>;
  onDone: () => Promise<void>;
};

/** The usual answer for all that are still empty, after saying for how many. */
function FillRest({ column, empty, onFill, onDone }: FillProps) {
  const [asking, setAsking] = useState(false);
  const [usual] = column.choices;
  if (usual === undefined || empty.length < 2) return null;
  return (
    <>
      <Button size="small" onClick={() => setAsking(true)}>
        其余 {empty.length} 项填“{usual}”<span className="ks-clause">{shortened(column.title)}</span>
      </Button>
      <ConfirmDialog
        title="其余各项都填同一个答复"
        confirm={`填写 ${empty.length} 项`}
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={async () => {
          for (const { id } of empty) {
            const answer = await onFill(id, column.key, usual);
            if (!answer.ok) return answer;
          }
          await onDone();
          return { ok: true, value: undefined };
        }}
      >
        <p>
          “{column.title}”还没有审定的 {empty.length} 个项目都填“{usual}”。请确认已逐项核对；填后仍可逐项改。
        </p>
      </ConfirmDialog>
    </>
  );
}

const shortened = (title: string): string => (title.length > 12 ? `${title.slice(0, 11)}…` : title);
