import { isMap, isPair, isScalar, isSeq, type Node, type Scalar, type YAMLMap } from 'yaml';
import type { Json } from '../../call.ts';
import { suggest, type Problem } from '../problem.ts';
import { placeOfNode, plainNode, problemAt, textOffset, type Place, type SourceFile } from './source.ts';

/**
 * A shape reads one piece of YAML into a value, or says what is wrong with it; the same shape yields the JSON Schema with
 * which an editor completes and checks while writing.
 */
export type Shape<T> = {
  read: (node: Node | undefined, reader: Reader, place: Place) => T | undefined;
  schema: { [key: string]: Json };
};

export type Read<S> = S extends Shape<infer T> ? T : never;

/** Collects problems and remembers where everything that was read stands. */
export class Reader {
  readonly problems: Problem[] = [];
  readonly source: SourceFile;
  readonly #places: WeakMap<object, Map<string | number, Place>>;

  constructor(source: SourceFile, places: WeakMap<object, Map<string | number, Place>>) {
    this.source = source;
    this.#places = places;
  }

  report(place: Place, message: string, suggestion?: string): void {
    this.problems.push(problemAt(place, message, suggestion));
  }

  /** `''` is the object's own place. */
  remember(object: object, key: string | number, place: Place): void {
    const places = this.#places.get(object) ?? new Map<string | number, Place>();
    this.#places.set(object, places.set(key, place));
  }
}

type Options = { about?: string };

function scalarShape<T>(
  wanted: string,
  convert: (scalar: Scalar) => T | undefined,
  schema: { [key: string]: Json },
): Shape<T> {
  return {
    schema,
    read: (node, reader, place) => {
      const value = isScalar(node) ? convert(node) : undefined;
      if (value === undefined) reader.report(place, `这里应为${wanted}`);
      return value;
    },
  };
}

/** Numbers keep their writing: a code such as 010 stays 010. */
function textOf(scalar: Scalar): string | undefined {
  if (typeof scalar.value === 'string') return scalar.value;
  if (typeof scalar.value === 'number' || typeof scalar.value === 'boolean') {
    return scalar.source ?? String(scalar.value);
  }
  return undefined;
}

export const text = ({ about }: Options = {}): Shape<string> =>
  scalarShape('文字', (scalar) => textOf(scalar)?.trim() || undefined, {
    type: ['string', 'number'],
    ...(about !== undefined && { description: about }),
  });

export const boolean = ({ about }: Options = {}): Shape<boolean> =>
  scalarShape(
    ' true 或 false',
    (scalar) => (typeof scalar.value === 'boolean' ? scalar.value : undefined),
    about === undefined ? { type: 'boolean' } : { type: 'boolean', description: about },
  );

export const integer = ({ about, min = 0 }: Options & { min?: number } = {}): Shape<number> =>
  scalarShape(
    `不小于 ${min} 的整数`,
    (scalar) => {
      const { value } = scalar;
      return typeof value === 'number' && Number.isSafeInteger(value) && value >= min ? value : undefined;
    },
    { type: 'integer', minimum: min, ...(about !== undefined && { description: about }) },
  );

/** One of a few words. */
export function choice<const W extends readonly string[]>(words: W, { about }: Options = {}): Shape<W[number]> {
  return {
    schema: { enum: [...words], ...(about !== undefined && { description: about }) },
    read: (node, reader, place) => {
      const written = isScalar(node) ? textOf(node) : undefined;
      const word = words.find((candidate) => candidate === written);
      if (word === undefined) {
        reader.report(place, `没有“${written ?? ''}”这个取值`, suggest(written ?? '', words));
      }
      return word;
    },
  };
}

/** An expression, kept as text with the place where it begins. `true` and `false` are expressions. */
export type Written = { text: string; place: Place };

export const expression = ({ about }: Options = {}): Shape<Written> => ({
  schema: { type: ['string', 'boolean'], description: about ?? '表达式' },
  read: (node, reader, place) => {
    const written = isScalar(node) ? textOf(node) : undefined;
    if (written === undefined || !isScalar(node)) {
      reader.report(place, '这里应为一个式子');
      return undefined;
    }
    return { text: written, place: { source: reader.source, offset: textOffset(node) } };
  },
});

/** Whatever stands there, as JSON. */
export const anything = ({ about }: Options = {}): Shape<Json> => ({
  schema: about === undefined ? {} : { description: about },
  read: (node, reader) => jsonOf(node, reader, 0),
});

function jsonOf(node: Node | undefined, reader: Reader, depth: number): Json {
  if (depth > 40) return null;
  if (isScalar(node)) return scalarJson(node.value);
  if (isSeq(node)) return node.items.map((item) => jsonOf(plainNode(item, reader.source), reader, depth + 1));
  if (!isMap(node)) return null;
  return Object.fromEntries(
    [...entriesOf(node, reader)].map(([key, { value }]) => [key, jsonOf(value, reader, depth + 1)]),
  );
}

const scalarJson = (value: unknown): Json =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;

export function list<T>(item: Shape<T>, { about, min = 0 }: Options & { min?: number } = {}): Shape<T[]> {
  return {
    schema: {
      type: 'array',
      items: item.schema,
      ...(min > 0 && { minItems: min }),
      ...(about !== undefined && { description: about }),
    },
    read: (node, reader, place) => {
      if (!isSeq(node)) {
        reader.report(place, '这里应为列表（每项以“- ”开头，或写在 [ ] 里）');
        return undefined;
      }
      if (node.items.length < min) reader.report(place, `至少要有${min}项`);
      const values: T[] = [];
      for (const entry of node.items) {
        const child = plainNode(entry, reader.source);
        const childPlace = placeOfNode(child, reader.source, place.offset);
        const value = item.read(child, reader, childPlace);
        if (value === undefined) continue;
        reader.remember(values, values.length, childPlace);
        values.push(value);
      }
      reader.remember(values, '', place);
      return values;
    },
  };
}

/** One or several: `clause: A` or `clause: [A, B]`. */
export function oneOrMore<T>(item: Shape<T>, options: Options = {}): Shape<T[]> {
  const many = list(item, { ...options, min: 1 });
  return {
    schema: { anyOf: [item.schema, many.schema] },
    read: (node, reader, place) => {
      if (isSeq(node)) return many.read(node, reader, place);
      const value = item.read(node, reader, place);
      if (value === undefined) return undefined;
      const values = [value];
      reader.remember(values, 0, place);
      return values;
    },
  };
}

/** A map whose keys are free: `values: { grantMax: 80万元 }`. */
export function dictionary<T>(item: Shape<T>, { about }: Options = {}): Shape<Record<string, T>> {
  return {
    schema: {
      type: 'object',
      additionalProperties: item.schema,
      ...(about !== undefined && { description: about }),
    },
    read: (node, reader, place) => {
      if (!isMap(node)) {
        reader.report(place, '这里应为“键: 值”');
        return undefined;
      }
      const values: Record<string, T> = {};
      reader.remember(values, '', place);
      for (const [key, entry] of entriesOf(node, reader)) {
        const value = item.read(entry.value, reader, entry.place);
        if (value === undefined || key === '__proto__') continue;
        values[key] = value;
        reader.remember(values, key, entry.keyPlace);
      }
      return values;
    },
  };
}

export type Optional<T> = { optional: Shape<T> };
export const optional = <T>(shape: Shape<T>): Optional<T> => ({ optional: shape });

type Entries = Record<string, Shape<unknown> | Optional<unknown>>;
type RequiredOf<E> = { [K in keyof E as E[K] extends Shape<unknown> ? K : never]: Read<E[K]> };
type OptionalOf<E> = {
  [K in keyof E as E[K] extends Optional<unknown> ? K : never]?: E[K] extends Optional<infer T> ? T : never;
};
export type RecordOf<E> = RequiredOf<E> & OptionalOf<E>;

/** A map with known keys; an unknown key is a problem with a suggestion. */
export function record<const E extends Entries>(entries: E, { about }: Options = {}): Shape<RecordOf<E>> {
  const shapes = new Map(
    Object.entries(entries).map(([key, entry]) => [
      key,
      'optional' in entry ? { shape: entry.optional, needed: false } : { shape: entry, needed: true },
    ]),
  );
  return {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries([...shapes].map(([key, { shape }]) => [key, shape.schema])),
      required: [...shapes].filter(([, { needed }]) => needed).map(([key]) => key),
      ...(about !== undefined && { description: about }),
    },
    read: (node, reader, place) => {
      if (!isMap(node)) {
        reader.report(place, `这里应为“键: 值”，可以写：${[...shapes.keys()].join('、')}`);
        return undefined;
      }
      const values: Record<string, unknown> = {};
      reader.remember(values, '', place);
      let complete = true;
      const written = entriesOf(node, reader);
      for (const [key, entry] of written) {
        const known = shapes.get(key);
        if (!known) {
          reader.report(entry.keyPlace, `不认识“${key}”`, suggest(key, [...shapes.keys()]));
          continue;
        }
        const value = known.shape.read(entry.value, reader, entry.place);
        reader.remember(values, key, entry.place);
        if (value !== undefined) values[key] = value;
        else if (known.needed) complete = false;
      }
      for (const [key, { needed }] of shapes) {
        if (!needed || written.has(key)) continue;
        reader.report(place, `缺“${key}”`);
        complete = false;
      }
      return complete ? (values as RecordOf<E>) : undefined;
    },
  };
}

/** The first shape that the writing looks like. */
export function either<A, B>(
  looksLikeFirst: (node: Node | undefined) => boolean,
  a: Shape<A>,
  b: Shape<B>,
): Shape<A | B> {
  return {
    schema: { anyOf: [a.schema, b.schema] },
    read: (node, reader, place) => (looksLikeFirst(node) ? a.read(node, reader, place) : b.read(node, reader, place)),
  };
}

type Entry = { value: Node | undefined; place: Place; keyPlace: Place };

/** Keys and values of a map, merged-in maps (`<<`) first, so that what is written itself wins. */
function entriesOf(map: YAMLMap, reader: Reader): Map<string, Entry> {
  const { source } = reader;
  const own = new Map<string, Entry>();
  const merged = new Map<string, Entry>();
  for (const pair of map.items) {
    if (!isPair(pair) || !isScalar(pair.key)) continue;
    const value = plainNode(pair.value, source);
    if (typeof pair.key.value === 'symbol' || pair.key.source === '<<') {
      const parts = isSeq(value) ? value.items.map((item) => plainNode(item, source)) : [value];
      for (const part of parts)
        if (isMap(part)) for (const [key, entry] of entriesOf(part, reader)) merged.set(key, entry);
      continue;
    }
    const keyPlace = placeOfNode(pair.key, source, 0);
    own.set(String(textOf(pair.key) ?? pair.key.value), {
      value,
      keyPlace,
      place: placeOfNode(value, source, keyPlace.offset),
    });
  }
  return new Map([...merged, ...own]);
}
