import { type CellValue, type LinkedCall, type MaterialDefinition, requiredMaterials } from '@keshen/rules';
import type { Content } from '../applications/index.ts';
import { type Change, type Say, valueChange } from './value-change.ts';

type Listed = Content['attachments'][number];
type File = Pick<Listed, 'fileName' | 'bytes' | 'sha256'> & { pages?: number };

/** A file that came, went or was replaced by another content, or facts beside an unchanged file that were corrected. */
export type AttachmentChange = {
  material: string;
  title: string;
  kind: 'added' | 'removed' | 'replaced' | 'facts';
  before?: File;
  after?: File;
  facts: Change[];
};

/** Files are the same when their content is (SHA-256), whatever they are called. */
export function compareAttachments(before: Content, after: Content, linked: LinkedCall, say: Say): AttachmentChange[] {
  const titles = titlesOf(linked, [before, after]);
  const places = new Set([...before.attachments, ...after.attachments].map(placeOf));
  return [...places].flatMap((place) => {
    const material = linked.materials.find(({ key }) => key === place.split(':')[0]);
    const at = (content: Content) => content.attachments.filter((file) => placeOf(file) === place);
    return pairs(at(before), at(after)).flatMap(([one, other]) =>
      changeOf(one, other, { title: titles(place), material, say }),
    );
  });
}

const placeOf = ({ material, row }: Listed): string => `${material}:${row ?? ''}`;

/** The material's title and the row that it belongs to, as either version knows it. */
function titlesOf(linked: LinkedCall, contents: readonly Content[]): (place: string) => string {
  const rows = new Map<string, string | undefined>(
    contents.flatMap(({ sections }) => {
      const subject = { application: sections, materials: {}, facts: {}, at: { instant: '', date: linked.asOf } };
      return requiredMaterials(linked, subject).map(
        ({ key, row, rowLabel }) => [`${key}:${row ?? ''}`, rowLabel] as const,
      );
    }),
  );
  return (place) => {
    const [key = ''] = place.split(':');
    const title = linked.materials.find((material) => material.key === key)?.title ?? key;
    return [title, rows.get(place)].filter(Boolean).join('：');
  };
}

type Pair = [Listed | undefined, Listed | undefined];

/** The same content first, then the same name, then one left on each side, which is taken for its replacement. */
function pairs(before: readonly Listed[], after: readonly Listed[]): Pair[] {
  const [left, right] = [[...before], [...after]];
  const found: Pair[] = [];
  for (const key of ['sha256', 'fileName'] as const) {
    for (const one of left.slice()) {
      const other = right.find((candidate) => candidate[key] === one[key]);
      if (!other) continue;
      found.push([one, other]);
      left.splice(left.indexOf(one), 1);
      right.splice(right.indexOf(other), 1);
    }
  }
  if (left.length === 1 && right.length === 1) return [...found, [left[0], right[0]]];
  return [...found, ...left.map((one): Pair => [one, undefined]), ...right.map((other): Pair => [undefined, other])];
}

const fileOf = ({ fileName, bytes, sha256, pages }: Listed): File => ({
  fileName,
  bytes,
  sha256,
  ...(pages !== undefined && { pages }),
});

type About = { title: string; material: MaterialDefinition | undefined; say: Say };

function changeOf(
  one: Listed | undefined,
  other: Listed | undefined,
  { title, material, say }: About,
): AttachmentChange[] {
  const facts = one && other ? factChanges(material, one.facts, other.facts, say) : [];
  const unchanged = one?.sha256 === other?.sha256;
  if (unchanged && facts.length === 0) return [];
  return [
    {
      material: (other ?? one)?.material ?? '',
      title,
      kind: !one ? 'added' : !other ? 'removed' : unchanged ? 'facts' : 'replaced',
      ...(one && { before: fileOf(one) }),
      ...(other && { after: fileOf(other) }),
      facts,
    },
  ];
}

const factChanges = (
  material: MaterialDefinition | undefined,
  before: Record<string, CellValue>,
  after: Record<string, CellValue>,
  say: Say,
): Change[] =>
  (material?.facts ?? []).flatMap((fact) => {
    const [one, other] = [before[fact.key], after[fact.key]];
    if (JSON.stringify(one ?? null) === JSON.stringify(other ?? null)) return [];
    return [valueChange(fact, fact.path, fact.label, one, other, say)];
  });
