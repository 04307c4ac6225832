import type { FieldValue, FormField } from '@keshen/rules';
import { memo, useCallback } from 'react';
import { useDocument, useFieldValue } from './document.ts';
import { FieldFrame, InputRow } from './input-row.tsx';
import { useJudged } from './judgement.ts';
import { TableField } from './table-field.tsx';

/** One field of a section. Only its own value and its own findings draw it again. */
export const FieldRow = memo(function FieldRow({ section, field }: { section: string; field: FormField }) {
  const hidden = useJudged((judgement) => judgement.hidden.has(field.path));
  const value = useFieldValue(section, field.key);
  const document = useDocument();
  const change = useCallback(
    (next: FieldValue | undefined) => document.set(section, field.key, next),
    [document, section, field.key],
  );
  if (hidden) return null;
  if (field.type === 'table')
    return (
      <FieldFrame field={field} path={field.path} group>
        {(slots) => <TableField {...slots} section={section} field={field} value={value} onChange={change} />}
      </FieldFrame>
    );
  return <InputRow field={field} path={field.path} value={value} onChange={change} />;
});
