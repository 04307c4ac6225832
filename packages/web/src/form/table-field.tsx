import type { FieldValue, FormField, Row } from '@keshen/rules';
import { lazy, Suspense, useRef, useState, type ClipboardEvent } from 'react';
import { AddIcon, Button, useToast } from '../kit/index.ts';
import { useDocument } from './document.ts';
import { useEditor } from './editor-context.ts';
import { placeOf } from './paths.ts';
import { RowDrawer } from './row-drawer.tsx';
import { isBlank, newRowId, putBack, rowsOf, withCopy, without } from './rows.ts';
import { RowTable } from './row-table.tsx';

/** Read only when somebody pastes. */
const PasteDialog = lazy(async () => ({ default: (await import('./paste/paste-dialog.tsx')).PasteDialog }));

type Props = {
  id: string;
  describedBy: string | undefined;
  section: string;
  field: FormField;
  value: FieldValue | undefined;
  onChange: (value: FieldValue | undefined) => void;
};

/** A table is read as a whole and edited one row at a time. */
export function TableField({ id, describedBy, section, field, value, onChange }: Props) {
  const { target } = useEditor();
  const document = useDocument();
  const toast = useToast();
  const [open, setOpen] = useState<{ id: string; before: Row | undefined; shown: boolean }>();
  const [pasting, setPasting] = useState<string>();
  const opener = useRef<Element>(null);
  const rows = rowsOf(value);
  const noun = field.rowNoun ?? '行';
  const current = () => rowsOf(document.get(section, field.key));
  // An emptied table is an answer (none); a table never touched is not.
  const put = (next: readonly Row[]) => onChange([...next]);

  // A link that leads to a cell opens its row.
  const [followed, setFollowed] = useState<typeof target>();
  if (target !== followed) {
    setFollowed(target);
    const place = target && placeOf(target.path);
    const here = place?.kind === 'field' && place.section === section && place.field === field.key;
    const row = here ? rows.find((candidate) => candidate.id === place.row) : undefined;
    if (row) setOpen({ id: row.id, before: row, shown: true });
  }

  const show = (row: Row, before: Row | undefined) => {
    opener.current = window.document.activeElement;
    setOpen({ id: row.id, before, shown: true });
  };
  const add = () => {
    const row = { id: newRowId() } as Row;
    put([...current(), row]);
    show(row, undefined);
  };
  const copy = (row: Row) => {
    const copyId = newRowId();
    put(withCopy(current(), row.id, copyId));
    toast.success(`已复制${noun}，排在原来那${noun === '行' ? '行' : '条'}的后面`);
  };
  const remove = (row: Row) => {
    const index = current().findIndex((candidate) => candidate.id === row.id);
    put(without(current(), row.id));
    const key = `deleted-${row.id}`;
    toast.open({
      key,
      type: 'info',
      duration: 10,
      content: (
        <span>
          已删除一条{noun}{' '}
          <Button
            size="small"
            onClick={() => {
              put(putBack(current(), row, index));
              toast.destroy(key);
            }}
          >
            撤销
          </Button>
        </span>
      ),
    });
  };
  const paste = (pasted: readonly Row[], how: 'append' | 'replace') => {
    const before = current();
    put(how === 'append' ? [...before, ...pasted] : pasted);
    setPasting(undefined);
    const key = `pasted-${pasted[0]?.id}`;
    const back = () => {
      const ids = new Set(pasted.map((row) => row.id));
      put(how === 'append' ? current().filter((row) => !ids.has(row.id)) : before);
      toast.destroy(key);
    };
    toast.open({
      key,
      type: 'success',
      duration: 20,
      content: (
        <span>
          已粘贴 {pasted.length} 行{' '}
          <Button size="small" onClick={back}>
            撤销
          </Button>
        </span>
      ),
    });
  };
  // A table on the clipboard goes into the table; anything else into the input that has the focus.
  const pasteHere = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text/plain');
    const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
    if (typing || !/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    setPasting(text);
  };
  const hide = () => setOpen((before) => before && { ...before, shown: false });
  const close = () => {
    const row = open && current().find((candidate) => candidate.id === open.id);
    // A row that was added and left blank was a slip of the hand.
    if (row && !open.before && isBlank(row)) put(without(current(), row.id));
    hide();
  };
  const undo = () => {
    if (!open) return;
    const { before } = open;
    put(before ? current().map((row) => (row.id === open.id ? before : row)) : without(current(), open.id));
    hide();
  };
  const closed = () => {
    setOpen(undefined);
    if (opener.current instanceof HTMLElement) opener.current.focus();
  };

  return (
    <fieldset
      id={id}
      className="ks-fieldset"
      aria-labelledby={`${id}-label`}
      aria-describedby={describedBy}
      tabIndex={-1}
      onPaste={pasteHere}
    >
      {rows.length > 0 ? (
        <RowTable field={field} rows={rows} onOpen={(row) => show(row, row)} onCopy={copy} onDelete={remove} />
      ) : (
        <p className="kf-norows">还没有{noun}。</p>
      )}
      <div className="kf-tabletools">
        <Button icon={<AddIcon aria-hidden />} onClick={add} className="kf-add">
          添加{noun}
        </Button>
        <Button onClick={() => setPasting('')} className="kf-add">
          粘贴表格
        </Button>
      </div>
      {pasting !== undefined && (
        <Suspense fallback={null}>
          <PasteDialog
            field={field}
            text={pasting}
            rowsNow={rows.length}
            onTake={paste}
            onClose={() => setPasting(undefined)}
          />
        </Suspense>
      )}
      <RowDrawer
        section={section}
        field={field}
        rows={rows}
        rowId={open?.id}
        open={open?.shown ?? false}
        onClose={close}
        onClosed={closed}
        onUndo={undo}
      />
    </fieldset>
  );
}
