import {
  dateOfInstant,
  evaluate,
  isoInstant,
  isRequired,
  isVisible,
  linkCall,
  requiredMaterials,
  rollUp,
  visibleSections,
  type Application,
  type Facts,
  type FormField,
  type LinkedCall,
  type Materials,
  type RequiredMaterial,
  type RollUp,
  type Subject,
  type Verdict,
} from '@keshen/rules';
import type { Attachment, RoundDefinition } from '../api/types.ts';
import { cellPath } from './paths.ts';
import { rowsOf } from './rows.ts';

/** What the engine says of the application as it stands on the screen. */
export type Judgement = {
  verdicts: readonly Verdict[];
  rollUp: RollUp;
  /** Sections (`key`), fields and cells (`path`) that the call does not ask for with these answers. */
  hidden: ReadonlySet<string>;
  /** Fields and cells that must be filled with these answers. */
  required: ReadonlySet<string>;
  materials: readonly RequiredMaterial[];
};

type Input = { application: Application; materials: Materials; facts: Facts; now: number };

/** The files in the shape that rules read: by material, each with the facts told beside it. */
export function materialsOf(attachments: readonly Attachment[]): Materials {
  const materials: Record<string, Materials[string][number][]> = {};
  for (const { id, material, row, fileName, bytes, facts } of attachments)
    (materials[material] ??= []).push({ ...facts, id, fileName, bytes, ...(row ? { row } : {}) });
  return materials;
}

/** The same rules, readings and dates that the server decides by. `now` is the server's time in ms. */
export function judgeFor(definition: RoundDefinition): (input: Input) => Judgement {
  let linked: LinkedCall | undefined;
  return ({ application, materials, facts, now }) => {
    const instant = now - definition.shiftMs;
    const date = dateOfInstant(instant);
    if (linked?.asOf !== date) linked = link(definition, date);
    const subject = { application, materials, facts, at: { instant: isoInstant(instant), date } };
    const verdicts = evaluate(linked, subject);
    return {
      verdicts,
      rollUp: rollUp(verdicts),
      ...asked(linked, subject),
      materials: requiredMaterials(linked, subject),
    };
  };
}

const link = ({ compiled, readings, reference }: RoundDefinition, asOf: string): LinkedCall =>
  linkCall(compiled, { asOf, readings, reference });

/** What is shown and what must be filled: sections, fields, the cells of each row, what is told beside each file. */
function asked(linked: LinkedCall, subject: Subject): Pick<Judgement, 'hidden' | 'required'> {
  const hidden = new Set<string>();
  const required = new Set<string>();
  const shown = new Set(visibleSections(linked, subject).map(({ key }) => key));
  const look = (field: FormField, path: string, row?: object) => {
    if (field.when && !isVisible(linked, field, subject, row)) hidden.add(path);
    else if (field.required !== false && isRequired(linked, field, subject, row)) required.add(path);
  };
  for (const section of linked.form.sections) {
    if (!shown.has(section.key)) hidden.add(section.key);
    for (const field of section.fields) {
      look(field, field.path);
      if (field.type !== 'table') continue;
      for (const row of rowsOf(subject.application[section.key]?.[field.key]))
        for (const column of field.columns ?? []) look(column, cellPath(field.path, row.id, column.key), row);
    }
  }
  for (const material of linked.materials)
    for (const file of subject.materials[material.key] ?? [])
      for (const fact of material.facts) look(fact, `materials.${material.key}[${file.id}].${fact.key}`, file);
  return { hidden, required };
}

/** What a reader need not see of content that is not being edited. */
export function hiddenIn(
  definition: RoundDefinition,
  application: Application,
  materials: Materials,
  now: number,
): ReadonlySet<string> {
  const instant = now - definition.shiftMs;
  const date = dateOfInstant(instant);
  const subject = { application, materials, facts: {}, at: { instant: isoInstant(instant), date } };
  return asked(link(definition, date), subject).hidden;
}
