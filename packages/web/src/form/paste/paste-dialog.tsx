import type { FormField, Row } from '@keshen/rules';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { Checkbox, Input, Modal, Notice, Radio, Select, type TextAreaRef } from '../../kit/index.ts';
import { useDocument } from '../document.ts';
import { useEditor } from '../editor-context.ts';
import { newRowId } from '../rows.ts';
import { valueText } from '../value-text.ts';
import { matchColumns, type Match } from './match-columns.ts';
import type { Unit } from './read-cell.ts';
import { readPaste, unitLooksWrong, type Pasted, type PastedRow } from './read-paste.ts';
import { MOST_ROWS, readTsv } from './read-tsv.ts';

const ROWS_SHOWN = 20;
const PROBLEMS_SHOWN = 50;

type Props = {
  field: FormField;
  /** What was on the clipboard when it was pasted right onto the table. */
  text: string;
  rowsNow: number;
  onTake: (rows: Row[], how: 'append' | 'replace') => void;
  onClose: () => void;
};

/** A table from Excel or WPS: which column is which, in which unit the amounts stand, each cell that cannot be read; then taken. */
export function PasteDialog({ field, text: first, rowsNow, onTake, onClose }: Props) {
  const [text, setText] = useState(first);
  const [chosen, setChosen] = useState<Match>();
  const [headed, setHeaded] = useState<boolean>();
  const [unit, setUnit] = useState<Unit>('万元');
  const [how, setHow] = useState<'append' | 'replace'>('append');
  const box = useRef<TextAreaRef>(null);
  const columns = useMemo(() => (field.columns ?? []).filter(({ type }) => type !== 'attest'), [field]);
  const { choices } = useEditor();
  const application = useDocument().application();
  const settled = useDeferredValue(text);
  const cells = useMemo(() => readTsv(settled), [settled]);
  const found = useMemo(() => matchColumns(cells, columns), [cells, columns]);
  const matching = useMemo(
    () => ({ header: headed ?? found.header, match: chosen ?? found.match }),
    [headed, chosen, found],
  );
  const tooMany = cells.length - (matching.header ? 1 : 0) > MOST_ROWS;
  const pasted = useMemo(() => {
    if (cells.length === 0 || tooMany) return undefined;
    const optionsOf = (column: FormField) => choices.of(column, application);
    return readPaste(cells, { columns, matching, unit, optionsOf, newId: newRowId });
  }, [cells, tooMany, columns, matching, unit, choices, application]);
  const noun = field.rowNoun ?? '行';
  const after = (pasted?.rows.length ?? 0) + (how === 'append' ? rowsNow : 0);
  const most = typeof field.max === 'number' ? field.max : undefined;
  const hasMoney = columns.some(({ key, type }) => type === 'money' && matching.match.includes(key));
  const nothing = matching.match.every((key) => key === undefined);
  const change = (next: string) => {
    setText(next);
    setChosen(undefined);
    setHeaded(undefined);
  };
  return (
    <Modal
      open
      width={1040}
      title={`粘贴${field.label}`}
      okText={pasted ? `${how === 'append' ? '添加' : '换成'}这 ${pasted.rows.length} 行` : '添加'}
      cancelText="不粘贴"
      okButtonProps={{ disabled: !pasted || pasted.rows.length === 0 || nothing || after > MOST_ROWS }}
      onOk={() =>
        pasted &&
        onTake(
          pasted.rows.map(({ row }) => row),
          how,
        )
      }
      onCancel={onClose}
      afterOpenChange={(opened) => opened && box.current?.focus()}
    >
      <p className="ks-panel__note">
        在 Excel 或 WPS 里选中表格复制，再粘贴到下面。带表头的按表头对应，不带的按次序；对应得不对可以改。
      </p>
      <Input.TextArea
        ref={box}
        aria-label="粘贴到这里"
        value={text}
        rows={cells.length > 0 ? 3 : 6}
        wrap="off"
        onChange={(event) => change(event.target.value)}
      />
      {tooMany && (
        <Notice kind="error" title={`一次最多粘贴 ${MOST_ROWS} 行，现在有 ${cells.length} 行`}>
          请核对是不是选中了整张工作表；确实有这么多的，请分开或者汇总后再填。
        </Notice>
      )}
      {pasted && (
        <>
          <div className="kx-how">
            <Checkbox checked={matching.header} onChange={(event) => setHeaded(event.target.checked)}>
              第一行是表头
            </Checkbox>
            {hasMoney && (
              <span>
                没有写单位的金额按{' '}
                <Radio.Group
                  aria-label="金额的单位"
                  value={unit}
                  onChange={(event) => setUnit(event.target.value === '元' ? '元' : '万元')}
                  options={['万元', '元']}
                />
              </span>
            )}
            {rowsNow > 0 && (
              <Radio.Group
                aria-label="原有的行怎么办"
                value={how}
                onChange={(event) => setHow(event.target.value === 'replace' ? 'replace' : 'append')}
                options={[
                  { value: 'append', label: `加在原有的 ${rowsNow} 行后面` },
                  { value: 'replace', label: '换掉原有的行' },
                ]}
              />
            )}
          </div>
          <Advice {...{ pasted, columns, nothing }} />
          {most !== undefined && after > most && (
            <Notice kind="warning" title={`粘贴后共 ${after} 行，${noun}最多 ${most} 行，多出的要删去才能提交`} />
          )}
          {after > MOST_ROWS && <Notice kind="error" title={`粘贴后共 ${after} 行，一个表最多 ${MOST_ROWS} 行`} />}
          <Preview {...{ cells, columns, pasted }} matching={matching} onMatch={setChosen} />
          <ProblemList rows={pasted.rows} columns={columns} />
        </>
      )}
    </Modal>
  );
}

type AdviceProps = { pasted: Pasted; columns: readonly FormField[]; nothing: boolean };

function Advice({ pasted, columns, nothing }: AdviceProps) {
  const other = unitLooksWrong(pasted, columns);
  if (nothing) return <Notice kind="warning" title="没有一列对应得上，请在下表里选择每一列是什么" />;
  return (
    <>
      {other && <Notice kind="warning" title={`金额看起来是以${other}为单位写的，请核对，选错单位会差一万倍`} />}
      {pasted.problems > 0 ? (
        <Notice kind="warning" title={`有 ${pasted.problems} 格认不出来，会留空；也可以改好再粘贴一次`} />
      ) : (
        <Notice
          kind="success"
          title={`${pasted.rows.length} 行都认得出来${pasted.warnings ? `，有 ${pasted.warnings} 格请核对` : ''}`}
        />
      )}
    </>
  );
}

type PreviewProps = {
  cells: readonly (readonly string[])[];
  columns: readonly FormField[];
  pasted: Pasted;
  matching: { header: boolean; match: Match };
  onMatch: (match: Match) => void;
};

function Preview({ cells, columns, pasted, matching, onMatch }: PreviewProps) {
  const { choices } = useEditor();
  const application = useDocument().application();
  const choose = (at: number, key: string) =>
    onMatch(matching.match.map((old, index) => (index === at ? key || undefined : old === key ? undefined : old)));
  return (
    <div className="ks-table kx-preview">
      <table aria-label="粘贴的内容">
        <thead>
          <tr>
            <th scope="col">行</th>
            {matching.match.map((key, at) => (
              <th scope="col" key={at}>
                {matching.header && <div className="kx-heading">{cells[0]?.[at] || '（空）'}</div>}
                <Select
                  aria-label={`第 ${at + 1} 列是什么`}
                  size="small"
                  style={{ minWidth: 120 }}
                  popupMatchSelectWidth={false}
                  value={key ?? ''}
                  onChange={(next: string) => choose(at, next)}
                  options={[
                    { value: '', label: '不要这一列' },
                    ...columns.map(({ key, label }) => ({ value: key, label })),
                  ]}
                />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {pasted.rows.slice(0, ROWS_SHOWN).map(({ row, cells: read }, index) => (
            <tr key={row.id}>
              <td>{index + 1}</td>
              {matching.match.map((key, at) => {
                const cell = read.find(({ column }) => column === key);
                const column = columns.find((candidate) => candidate.key === key);
                if (!cell || !column)
                  return (
                    <td key={at} className="ks-none">
                      {cells[index + (matching.header ? 1 : 0)]?.[at]}
                    </td>
                  );
                const { value, problem, warning } = cell.read;
                return (
                  <td key={at} className={problem ? 'kx-problem' : undefined}>
                    {problem ? cell.text : valueText(column, value, choices, application)}
                    {(problem ?? warning) && <div className="kx-say">{problem ?? warning}</div>}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {pasted.rows.length > ROWS_SHOWN && (
        <p className="ks-panel__note">
          只显示前 {ROWS_SHOWN} 行，共 {pasted.rows.length} 行。
        </p>
      )}
    </div>
  );
}

/** Cells that cannot be read beyond the rows that are shown. */
function ProblemList({ rows, columns }: { rows: readonly PastedRow[]; columns: readonly FormField[] }) {
  const further = rows.flatMap(({ row, cells }, index) =>
    index < ROWS_SHOWN
      ? []
      : cells.filter(({ read }) => read.problem).map((cell) => ({ ...cell, row, line: index + 1 })),
  );
  if (further.length === 0) return null;
  return (
    <details className="kx-further">
      <summary>
        第 {ROWS_SHOWN} 行以后还有 {further.length} 格认不出来
      </summary>
      <ul>
        {further.slice(0, PROBLEMS_SHOWN).map(({ row, column, text, read, line }) => (
          <li key={`${row.id} ${column}`}>
            第 {line} 行“{columns.find(({ key }) => key === column)?.label}”写的是“{text.slice(0, 40)}”：{read.problem}
          </li>
        ))}
        {further.length > PROBLEMS_SHOWN && <li>其余 {further.length - PROBLEMS_SHOWN} 格没有列出。</li>}
      </ul>
    </details>
  );
}
