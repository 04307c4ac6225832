import type { CellValue, FieldValue, FormField } from '@keshen/rules';
import { memo, type ReactNode } from 'react';
import { Required } from '../kit/index.ts';
import { useDocument } from './document.ts';
import { useEditor } from './editor-context.ts';
import { useFindingsAt, useJudged } from './judgement.ts';
import { anchorOf } from './paths.ts';
import { kindOf } from './verdict-kind.ts';
import { VerdictNotes } from './verdict-notes.tsx';
import { isGroup, WIDGETS } from './widgets/index.ts';

type InputRowProps = {
  field: FormField;
  path: string;
  value: FieldValue | CellValue | undefined;
  onChange: (value: CellValue | undefined) => void;
};

/** A field or a cell with its widget, by type. */
export const InputRow = memo(function InputRow({ field, path, value, onChange }: InputRowProps) {
  const { choices } = useEditor();
  const document = useDocument();
  const findings = useFindingsAt(path);
  if (field.type === 'table') return null;
  const Widget = WIDGETS[field.type];
  const options = choices.of(field, document.application());
  const invalid = findings.some((verdict) => kindOf(verdict) === 'against');
  return (
    <FieldFrame field={field} path={path} group={isGroup(field.type, options)}>
      {({ id, describedBy }) => (
        <Widget
          id={id}
          field={field}
          value={value}
          onChange={onChange}
          options={options}
          unread={document.unread().get(path)}
          onUnread={(text) => document.setUnread(path, text)}
          describedBy={describedBy}
          invalid={invalid}
        />
      )}
    </FieldFrame>
  );
});

type FrameProps = {
  field: FormField;
  path: string;
  group: boolean;
  children: (slots: { id: string; describedBy: string | undefined }) => ReactNode;
};

/** Label and control on the left, what the clauses say of it on the right. */
export function FieldFrame({ field, path, group, children }: FrameProps) {
  const { words, asked, go, marksAt } = useEditor();
  const findings = useFindingsAt(path);
  const required = useJudged((judgement) => judgement.required.has(path));
  const id = `f-${path}`;
  const helpId = field.help ? `${id}-help` : undefined;
  const notesId = `${id}-notes`;
  const Label = group ? 'span' : 'label';
  return (
    <div className={`kf kf--${field.type} kf--${field.width ?? 'auto'}`} id={anchorOf(path)} data-path={path}>
      <div className="kf__main">
        {field.type !== 'attest' && (
          <Label className="ks-field__label" id={`${id}-label`} {...(group ? {} : { htmlFor: id })}>
            {field.label}
            {required && <Required />}
          </Label>
        )}
        {field.help && field.type === 'table' && (
          <p className="ks-field__help" id={helpId}>
            {field.help}
          </p>
        )}
        {children({ id, describedBy: [helpId, notesId].filter(Boolean).join(' ') })}
        {field.help && field.type !== 'table' && (
          <p className="ks-field__help" id={helpId}>
            {field.help}
          </p>
        )}
      </div>
      <div className="kf__notes" id={notesId} aria-live="polite">
        {marksAt(path)}
        <VerdictNotes path={path} verdicts={findings} words={words} asked={asked} onGo={go} />
      </div>
    </div>
  );
}
