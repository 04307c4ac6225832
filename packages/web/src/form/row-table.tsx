import { formatTenThousands, type FormField, type Row } from '@keshen/rules';
import { memo, useState } from 'react';
import { Button, CopyIcon, DeleteIcon, EditIcon, Pager, Tag } from '../kit/index.ts';
import { useDocument } from './document.ts';
import { useEditor } from './editor-context.ts';
import { useJudged } from './judgement.ts';
import { sumOf } from './rows.ts';
import { valueText } from './value-text.ts';
import { kindOf } from './verdict-kind.ts';

const PAGE = 50;
const COLUMNS_SHOWN = 5;

type Props = {
  field: FormField;
  rows: readonly Row[];
  onOpen: (row: Row) => void;
  onCopy: (row: Row) => void;
  onDelete: (row: Row) => void;
};

/** The columns that tell rows apart and those that add up; the rest is in the row's own sheet. */
export function columnsShown(field: FormField): FormField[] {
  const columns = field.columns ?? [];
  const short = columns.filter(
    (column) => column.type !== 'long_text' && !column.personal && column.when === undefined,
  );
  const chosen = new Set([...short.filter((column) => column.type === 'money'), ...short].slice(0, COLUMNS_SHOWN));
  const naming = columns.find((column) => column.key === field.rowName);
  if (naming) chosen.add(naming);
  return columns.filter((column) => chosen.has(column));
}

export const RowTable = memo(function RowTable({ field, rows, onOpen, onCopy, onDelete }: Props) {
  const { choices } = useEditor();
  const application = useDocument().application();
  const [page, setPage] = useState(1);
  const columns = columnsShown(field);
  const shown = rows.slice((page - 1) * PAGE, page * PAGE);
  const sums = columns.map((column) => (column.type === 'money' ? sumOf(rows, column.key) : undefined));
  const first = columns[0];
  return (
    <>
      <div className="ks-table">
        <table aria-label={field.label}>
          <thead>
            <tr>
              <th scope="col" style={{ width: 60 }}>
                序号
              </th>
              {columns.map((column) => (
                <th key={column.key} scope="col" className={column.type === 'money' ? 'ks-figure' : undefined}>
                  {column.label}
                </th>
              ))}
              <th scope="col">操作</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row, index) => {
              const number = (page - 1) * PAGE + index + 1;
              const name = first ? valueText(first, row[first.key], choices, application) : '';
              return (
                <tr key={row.id}>
                  <td>{number}</td>
                  {columns.map((column) => (
                    <td key={column.key} className={column.type === 'money' ? 'ks-figure' : undefined}>
                      {valueText(column, row[column.key], choices, application) || <span className="ks-none">—</span>}
                      {column === first && <RowState table={field.path} row={row.id} />}
                    </td>
                  ))}
                  <td className="kf-rowtools">
                    <Button
                      type="text"
                      size="small"
                      icon={<EditIcon aria-hidden />}
                      aria-label={`编辑第 ${number} 行${name}`}
                      onClick={() => onOpen(row)}
                    >
                      编辑
                    </Button>

                    <Button
                      type="text"
                      size="small"
                      icon={<CopyIcon aria-hidden />}
                      aria-label={`复制第 ${number} 行${name}`}
                      title="复制"
                      onClick={() => onCopy(row)}
                    />
                    <Button
                      type="text"
                      size="small"
                      icon={<DeleteIcon aria-hidden />}
                      aria-label={`删除第 ${number} 行${name}`}
                      title="删除"
                      onClick={() => onDelete(row)}
                    />
                  </td>
                </tr>
              );
            })}
          </tbody>
          {rows.length > 1 && sums.some((sum) => sum !== undefined) && (
            <tfoot>
              <tr>
                <th scope="row">合计</th>
                {columns.map((column, index) => {
                  const sum = sums[index];
                  return (
                    <td key={column.key} className="ks-figure">
                      {sum !== undefined && formatTenThousands(sum)}
                    </td>
                  );
                })}
                <td aria-hidden />
              </tr>
            </tfoot>
          )}
        </table>
      </div>
      {rows.length > PAGE && <Pager page={page} pageSize={PAGE} total={rows.length} onPage={setPage} />}
    </>
  );
});

/** How many clauses the row breaks, how many of its cells are still empty. */
function RowState({ table, row }: { table: string; row: string }) {
  const { asked } = useEditor();
  const state = useJudged(({ verdicts }) => {
    let [against, missing] = [0, 0];
    for (const verdict of verdicts) {
      if (!verdict.fields.some((path) => path.startsWith(`${table}[${row}]`))) continue;
      const kind = kindOf(verdict);
      if (kind === 'against') against++;
      if (kind === 'missing') missing++;
    }
    return `${against}/${asked ? missing : 0}`;
  });
  const [against, missing] = state.split('/').map(Number);
  return (
    <>
      {against ? <Tag tone="bad">{against} 处不符合</Tag> : null}
      {missing ? <Tag tone="wait">{missing} 项未填</Tag> : null}
    </>
  );
}
