import type { MaterialDefinition, RequiredMaterial, Verdict } from '@keshen/rules';
import type { Attachment } from '../../api/types.ts';
import { placeOf } from '../../form/paths.ts';
import { kindOf } from '../../form/verdict-kind.ts';

/** One place for files: a material, or a material of one row (an agreement with this partner). */
export type Slot = {
  key: string;
  /** `materials.KEY` or `materials.KEY[row]`. */
  path: string;
  material: MaterialDefinition;
  entry: RequiredMaterial;
  /** What is said of the place and of the files in it. */
  verdicts: readonly Verdict[];
  files: readonly Attachment[];
};

type Input = {
  materials: readonly MaterialDefinition[];
  required: readonly RequiredMaterial[];
  attachments: readonly Attachment[];
  verdicts: readonly Verdict[];
};

/** What to bring, in the order of the call, with what has been brought; files whose row is gone keep a place of their own. */
export function slotsOf({ materials, required, attachments, verdicts }: Input): Slot[] {
  return materials.flatMap((material) => {
    const files = attachments.filter((file) => file.material === material.key);
    const entries = required.filter((entry) => entry.key === material.key);
    const [like] = entries;
    if (!like) return [];
    const known = new Set(entries.map((entry) => entry.row));
    const orphans = [...new Set(files.map(rowOf))].filter((row) => material.forEach && !known.has(row));
    const left = orphans.map((row): RequiredMaterial => {
      const { row: _row, rowLabel: _label, ...rest } = like;
      return {
        ...rest,
        ...(row ? { row } : {}),
        rowLabel: '已删除的一行',
        need: 'no',
        why: '对应的那一行已删除，附件不再需要。',
      };
    });
    return [...entries, ...left].map((entry): Slot => {
      const here = files.filter((file) => !material.forEach || rowOf(file) === entry.row);
      const path = `materials.${material.key}${entry.row ? `[${entry.row}]` : ''}`;
      return {
        key: `${material.key}:${entry.row ?? ''}`,
        path,
        material,
        entry,
        verdicts: verdicts.filter((verdict) => verdict.fields.some((field) => isIn(field, path, here))),
        files: here,
      };
    });
  });
}

/** The place itself, or one of the files in it: `materials.KEY[file]`, `materials.KEY[file].fact`. */
function isIn(field: string, path: string, files: readonly Attachment[]): boolean {
  if (field === path) return true;
  const place = placeOf(field);
  return place?.kind === 'material' && files.some((file) => file.material === place.material && file.id === place.row);
}

const rowOf = (file: Attachment): string | undefined => file.row ?? undefined;

export type SlotState = 'against' | 'there' | 'untold' | 'missing' | 'more' | 'wanted' | 'unknown' | 'not_needed';

/** `untold`: the file is there, what the call asks beside it is not. */
export function stateOf({ entry, files, verdicts }: Slot): SlotState {
  const broken = verdicts.some((verdict) => kindOf(verdict) === 'against');
  if (broken) return 'against';
  if (entry.need === 'yes' && files.length < entry.min) return files.length > 0 ? 'more' : 'missing';
  const untold = verdicts.some((verdict) => verdict.rule.startsWith('form:required:'));
  if (files.length > 0) return untold ? 'untold' : 'there';
  if (entry.need === 'unknown') return 'unknown';
  return entry.min === 0 ? 'wanted' : 'not_needed';
}
