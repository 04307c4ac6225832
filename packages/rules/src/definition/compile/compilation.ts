import type { Expr } from '../../tree.ts';
import type { Checker } from '../expression/checker.ts';
import { ExpressionError } from '../expression/lexer.ts';
import type { Scope } from '../expression/meaning.ts';
import type { Problem } from '../problem.ts';
import { Reader, type Shape, type Written } from '../shape/shape.ts';
import { placeOfNode, plainNode, problemAt, readSource, type Place } from '../shape/source.ts';

type Places = WeakMap<object, Map<string | number, Place>>;

/** The bench on which one call is compiled: what stands where, and what was found wrong. */
export class Compilation {
  readonly problems: Problem[] = [];
  readonly #places: Places = new WeakMap();
  readonly #files = new Map<string, Place>();

  /** Reads one file by its shape; undefined when nothing of use could be read. */
  read<T>(file: string, text: string, shape: Shape<T>): T | undefined {
    const { source, problems } = readSource(file, text);
    const place: Place = { source, offset: 0 };
    this.#files.set(file, place);
    this.problems.push(...problems);
    if (problems.length > 0) return undefined;
    const reader = new Reader(source, this.#places);
    const root = plainNode(source.document.contents, source);
    const value = shape.read(root, reader, placeOfNode(root, source, 0));
    this.problems.push(...reader.problems);
    return value;
  }

  /** Where something that was read stands; a key of it, or the thing itself. */
  place(object: object, key: string | number = ''): Place | undefined {
    const places = this.#places.get(object);
    return places?.get(key) ?? places?.get('');
  }

  /** A new object made of others keeps their places; the later ones win. */
  inherit<T extends object>(made: T, ...from: object[]): T {
    const places = new Map<string | number, Place>();
    for (const old of from) for (const [key, place] of this.#places.get(old) ?? []) places.set(key, place);
    this.#places.set(made, places);
    return made;
  }

  report(object: object, key: string | number, message: string, suggestion?: string): void {
    this.reportAt(this.place(object, key), message, suggestion);
  }

  reportAt(place: Place | undefined, message: string, suggestion?: string): void {
    this.problems.push(
      place
        ? problemAt(place, message, suggestion)
        : { file: '', line: 1, column: 1, message, ...(suggestion !== undefined && { suggestion }) },
    );
  }

  /** About a file as a whole. */
  reportFile(file: string, message: string): void {
    const place = this.#files.get(file);
    this.problems.push(place ? problemAt(place, message) : { file, line: 1, column: 1, message });
  }

  /** Runs a check of an expression; what it throws is reported where the expression stands. */
  understand<T>(written: Written, check: () => T): T | undefined {
    try {
      return check();
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      const { place } = written;
      const offset = place.offset + Math.min(error.start, written.text.length);
      this.reportAt({ ...place, offset }, error.message, error.suggestion);
      return undefined;
    }
  }

  condition(checker: Checker, written: Written | undefined, scope: Scope = []): Expr | undefined {
    return written && this.understand(written, () => checker.condition(written.text, scope));
  }
}

/** Drops what is undefined, so that the compiled call has no empty keys. */
export function trimmed<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
