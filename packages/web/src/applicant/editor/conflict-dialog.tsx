import type { FieldValue, FormField, FormSection } from '@keshen/rules';
import { useState, useSyncExternalStore } from 'react';
import { differences, mergeBy, type Difference, type Side } from '../../autosave/merge.ts';
import type { SectionSaving } from '../../autosave/section-saving.ts';
import { valueText } from '../../form/value-text.ts';
import { rowsOf } from '../../form/rows.ts';
import { Modal, Radio } from '../../kit/index.ts';
import { momentOf } from '../../text/beijing-time.ts';
import { useOpenApplication } from '../application-context.ts';
import type { EditorSession } from './session.ts';

/** The first section that two windows, or two people, have both changed. */
export function ConflictDialog({ session }: { session: EditorSession }) {
  const { autosave, definition } = session;
  const key = useSyncExternalStore(
    autosave.subscribe,
    () => Object.entries(autosave.states()).find(([, state]) => state.trouble?.kind === 'conflict')?.[0],
  );
  const section = definition.compiled.form.sections.find((candidate) => candidate.key === key);
  const state = key === undefined ? undefined : autosave.states()[key];
  if (!section || !state) return null;
  return <Choose key={section.key} session={session} section={section} state={state} />;
}

type ChooseProps = { session: EditorSession; section: FormSection; state: SectionSaving };

/** Both versions side by side; for each field the side that changed it is chosen beforehand, mine where both did. */
function Choose({ session, section, state }: ChooseProps) {
  const theirs = state.trouble?.kind === 'conflict' ? state.trouble.theirs : undefined;
  const found = theirs ? differences(state.base.data, state.local, theirs.data) : [];
  const [chosen, setChosen] = useState<Record<string, Side>>({});
  if (!theirs) return null;
  const side = (difference: Difference): Side =>
    chosen[difference.field] ?? (difference.changedBy === 'theirs' ? 'theirs' : 'mine');
  const keep = () => {
    const sides = Object.fromEntries(found.map((difference) => [difference.field, side(difference)]));
    const merged = mergeBy(state.local, theirs.data, sides);
    session.document.replace(section.key, merged);
    session.autosave.resolve(section.key, merged);
  };
  return (
    <Modal
      open
      width={920}
      title={`“${section.title}”在别处也改过，请逐项选择`}
      okText="按所选保存"
      onOk={keep}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      cancelButtonProps={{ style: { display: 'none' } }}
    >
      <p className="ks-panel__note" style={{ margin: '8px 0 12px' }}>
        {theirs.savedByName} 于 {momentOf(theirs.savedAt)}{' '}
        在另一个窗口或另一台电脑上保存了这一部分。两边的内容都在下面，一项都不会丢。
      </p>
      <div className="ks-table">
        <table>
          <thead>
            <tr>
              <th scope="col">栏目</th>
              <th scope="col">这个窗口里的</th>
              <th scope="col">已经保存的</th>
            </tr>
          </thead>
          <tbody>
            {found.map((difference) => {
              const field = section.fields.find((candidate) => candidate.key === difference.field);
              const label = field?.label ?? difference.field;
              const option = (value: Side, of: FieldValue | undefined) => (
                <Radio
                  checked={side(difference) === value}
                  aria-label={`${label}：保留${value === 'mine' ? '这个窗口里的' : '已经保存的'}`}
                  onChange={() => setChosen((before) => ({ ...before, [difference.field]: value }))}
                >
                  <Preview field={field} value={of} />
                </Radio>
              );
              return (
                <tr key={difference.field}>
                  <th scope="row">
                    {label}
                    {difference.changedBy === 'both' && <div className="ka-both">两边都改了</div>}
                  </th>
                  <td>{option('mine', difference.mine)}</td>
                  <td>{option('theirs', difference.theirs)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Modal>
  );
}

function Preview({ field, value }: { field: FormField | undefined; value: FieldValue | undefined }) {
  const { choices, session } = useOpenApplication();
  if (!field) return <span className="ka-version">{value === undefined ? '未填' : JSON.stringify(value)}</span>;
  if (field.type === 'table') {
    const rows = rowsOf(value);
    const name = (index: number) => {
      const row = rows[index];
      const text = field.rowName && row ? row[field.rowName] : undefined;
      return typeof text === 'string' ? text : `第 ${index + 1} 行`;
    };
    return (
      <span className="ka-version">
        共 {rows.length} 行{rows.length > 0 && `：${rows.map((_, index) => name(index)).join('、')}`}
      </span>
    );
  }
  const text = valueText(field, value, choices, session?.document.application() ?? {});
  return <span className="ka-version">{text || '未填'}</span>;
}
