import type { CellValue, FormField, Row } from '@keshen/rules';
import { memo, useCallback, useEffect } from 'react';
import { Button, Drawer } from '../kit/index.ts';
import { useDocument } from './document.ts';
import { useEditor } from './editor-context.ts';
import { InputRow } from './input-row.tsx';
import { focusField } from './focus.ts';
import { useJudged } from './judgement.ts';
import { cellPath } from './paths.ts';
import { rowsOf, withCell } from './rows.ts';

type Props = {
  section: string;
  field: FormField;
  rows: readonly Row[];
  rowId: string | undefined;
  open: boolean;
  onClose: () => void;
  /** After the sheet is gone. */
  onClosed: () => void;
  onUndo: () => void;
};

/** One row on its own sheet. What is typed is in the application at once; 取消 puts the row back as it was. */
export function RowDrawer({ section, field, rows, rowId, open, onClose, onClosed, onUndo }: Props) {
  const { target } = useEditor();
  const index = rows.findIndex((row) => row.id === rowId);
  const row = rows[index];
  const noun = field.rowNoun ?? '行';
  const focusTarget = () => {
    if (!row) return;
    const wanted = target?.path.startsWith(`${field.path}[${row.id}].`) ? target.path : undefined;
    focusField(wanted ?? cellPath(field.path, row.id, field.columns?.[0]?.key ?? ''));
  };
  return (
    <Drawer
      open={open}
      title={index < 0 ? noun : `${noun} ${index + 1}`}
      size={760}
      onClose={onClose}
      afterOpenChange={(opened) => (opened ? focusTarget() : onClosed())}
      focusable={{ focusTriggerAfterClose: false }}
      destroyOnHidden
      footer={
        <div className="ks-actions">
          <Button type="primary" onClick={onClose}>
            完成
          </Button>
          <Button onClick={onUndo}>取消这次修改</Button>
        </div>
      }
    >
      {row && (
        <fieldset className="kf-sheet">
          <legend className="ks-hidden">{`${field.label}：第 ${index + 1} 行`}</legend>
          {field.columns?.map((column) => (
            <Cell
              key={column.key}
              section={section}
              table={field}
              column={column}
              row={row.id}
              value={row[column.key]}
            />
          ))}
        </fieldset>
      )}
      <Refocus target={target?.path} row={row} field={field} />
    </Drawer>
  );
}

/** A link to another cell of a row that is open already. */
function Refocus({ target, row, field }: { target: string | undefined; row: Row | undefined; field: FormField }) {
  const inside = row && target?.startsWith(`${field.path}[${row.id}].`) ? target : undefined;
  useEffect(() => {
    if (inside) focusField(inside);
  }, [inside]);
  return null;
}

type CellProps = { section: string; table: FormField; column: FormField; row: string; value: CellValue | undefined };

const Cell = memo(function Cell({ section, table, column, row, value }: CellProps) {
  const document = useDocument();
  const path = cellPath(table.path, row, column.key);
  const hidden = useJudged((judgement) => judgement.hidden.has(path));
  const change = useCallback(
    (next: CellValue | undefined) =>
      document.set(section, table.key, withCell(rowsOf(document.get(section, table.key)), row, column.key, next)),
    [document, section, table.key, row, column.key],
  );
  return hidden ? null : <InputRow field={column} path={path} value={value} onChange={change} />;
});
