import type { CompiledCall } from '../call.ts';
import { applyChanges } from '../cases/apply-changes.ts';
import { readExample, type Examples } from '../cases/examples.ts';
import { linkCall, type LinkedCall } from '../evaluate/link.ts';
import type { ReferenceData } from '../reference.ts';
import type { Subject } from '../subject.ts';
import { balance, equalitiesOf, type Equality } from './balance.ts';
import { nearBounds } from './near-bounds.ts';
import { seededRandom, type Random } from './random.ts';
import { placesOf, rowsKnownTo, varyAt, type KnownRows, type Place } from './vary-subject.ts';
import { optionsIn, type Variation } from './vary-value.ts';

export type GenerateOptions = {
  compiled: CompiledCall;
  examples: Examples;
  reference: ReferenceData;
  /** The same seed gives the same applications. */
  seed?: number;
};

/** An example, and what becomes of it in the cases that begin with it, as JSON texts. */
type Family = { at: Subject['at']; example: string; variants: string[]; known: KnownRows };

/** How many of a hundred begin with a case instead of a complete example, and how many have no, one, two … changes. */
const FROM_A_CASE = 0.4;
const CHANGES = [0, 0, 0, 1, 1, 1, 2, 2, 3, 4];
/** Of the amounts that are changed, so many are carried over to totals and parts. */
const BALANCED = 0.8;

/**
 * Makes applications as a call might receive them: each begins with an example or one of its cases, stands somewhere in the
 * same province, and is changed at a few places, mostly at the bounds, so that every outcome comes about. All are judged on
 * the day of the first example. Throws when an example is unreadable.
 */
export function subjectGenerator({ compiled, examples, reference, seed = 1 }: GenerateOptions): () => Subject {
  const families = familiesOf(compiled, examples);
  const [first] = families;
  if (!first) throw new Error('没有例子，无从生成申报');
  const { at } = first;
  const linked = linkCall(compiled, { asOf: at.date, reference });
  const random = seededRandom(seed);
  const maker: Maker = {
    first,
    families,
    places: placesOf(compiled),
    divisions: divisionsByProvince(reference),
    divisionFields: compiled.form.sections.flatMap(({ fields }) =>
      fields.filter(({ type }) => type === 'division').map(({ path }) => path),
    ),
    linked,
    equalities: equalitiesOf(linked),
    variation: {
      random,
      near: nearBounds(compiled, examples, reference),
      optionsOf: optionsIn(reference, compiled.topics),
    },
  };
  return () => ({ ...make(maker, random), at: { ...at } });
}

/** `count` applications in blocks, so that however many are wanted, only one block is held at a time. */
export function* inBlocks(next: () => Subject, count: number, size = 2000): Generator<Subject[]> {
  for (let done = 0; done < count; done += size) yield Array.from({ length: Math.min(size, count - done) }, next);
}

type Maker = {
  first: Family;
  families: readonly Family[];
  places: readonly Place[];
  divisions: ReadonlyMap<string, readonly string[]>;
  divisionFields: readonly string[];
  linked: LinkedCall;
  equalities: readonly Equality[];
  variation: Variation;
};

function make(maker: Maker, random: Random): Subject {
  const family = random.pick(maker.families) ?? maker.first;
  const begin = random.chance(FROM_A_CASE) ? random.pick(family.variants) : undefined;
  const subject: Subject = JSON.parse(begin ?? family.example);
  moveWithinProvince(maker, subject, random);
  const changes = random.pick(CHANGES) ?? 0;
  for (let change = 0; change < changes; change += 1) {
    const place = random.pick(maker.places);
    if (!place) break;
    varyAt(place, subject, family.known, maker.variation);
    const path = 'field' in place ? place.field.path : '';
    if (isAmount(place) && random.chance(BALANCED)) balance(maker.linked, maker.equalities, subject, path, random);
  }
  return subject;
}

const isAmount = (place: Place): boolean =>
  (place.of === 'field' && place.field.type === 'money') ||
  (place.of === 'table' && (place.field.columns ?? []).some(({ type }) => type === 'money'));

function moveWithinProvince({ divisions, divisionFields }: Maker, subject: Subject, random: Random): void {
  for (const path of divisionFields) {
    const [section = '', key = ''] = path.split('.');
    const values = subject.application[section];
    const code = values?.[key];
    if (values && typeof code === 'string') {
      values[key] = random.pick(divisions.get(code.slice(0, 2)) ?? []) ?? code;
    }
  }
}

function divisionsByProvince({ divisions }: ReferenceData): Map<string, string[]> {
  const byProvince = new Map<string, string[]>();
  for (const { code } of divisions) {
    const known = byProvince.get(code.slice(0, 2)) ?? [];
    byProvince.set(code.slice(0, 2), known);
    if (!code.endsWith('0000')) known.push(code);
  }
  return byProvince;
}

function familiesOf(compiled: CompiledCall, examples: Examples): Family[] {
  const names = Object.keys(examples).toSorted();
  return names.map((name) => {
    const example = readExample(compiled, examples, name);
    const variants = compiled.cases.flatMap(({ example: base = names[0], set, expect }): Subject[] => {
      const judged = expect.about === 'rule' || expect.about === 'material' || expect.about === 'rollUp';
      return judged && base === name ? [applyChanges(example, set)] : [];
    });
    return {
      at: example.at,
      example: JSON.stringify(example),
      variants: variants.map((variant) => JSON.stringify(variant)),
      known: rowsKnownTo([example, ...variants]),
    };
  });
}
