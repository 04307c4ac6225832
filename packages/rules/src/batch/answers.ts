import { factList } from '../facts.ts';
import type { ListSource, ValueType } from '../tree.ts';
import { readCode, text } from './snippets.ts';

type Makes = {
  /** The name of a value that code cannot write down. */
  constant: (value: unknown) => string;
  /** The name of a function that says whether a field is shown; undefined when it always is. */
  shown: (address: string) => string | undefined;
};

/** The part of generated code that reads each answer and each list once, before the rules. A hidden answer is missing. */
export class Answers {
  readonly #makes: Makes;
  readonly #lines: string[] = [];
  readonly #sectionLines: string[] = [];
  readonly #names = new Map<string, string>();

  constructor(makes: Makes) {
    this.#makes = makes;
  }

  declaration(): string {
    return this.#names.size === 0 ? '' : `let ${[...this.#names.values()].join(',')};`;
  }

  /** Statements that read everything; they find the application in A, the materials in M, the facts in F. */
  prologue(): string {
    return [...this.#sectionLines, ...this.#lines].join('\n');
  }

  #once(key: string, prefix: string, read: (name: string) => void): string {
    let name = this.#names.get(key);
    if (name === undefined) {
      name = `${prefix}${this.#names.size}`;
      this.#names.set(key, name);
      read(name);
    }
    return name;
  }

  /** The variable that holds an answer of a type. */
  answer(path: string, type: ValueType): string {
    return this.#once(`${path} ${type}`, 'v', (name) => this.#read(name, path, (raw) => readCode(type, raw, name)));
  }

  /** A variable for something that is worked out once an application, when it is first asked for; before, it is R.NONE. */
  computed(key: string): string {
    return this.#once(`=${key}`, 'c', (name) => this.#lines.push(`${name}=R.NONE;`));
  }

  /** The variable that holds a list's rows. */
  list(list: ListSource): string {
    if (list.from === 'items') return this.#makes.constant(list.rows);
    return this.#once(`${list.from}.${list.path}`, 'l', (name) => {
      if (list.from === 'facts') this.#lines.push(`${name}=${factRowsCode(list.path, name)};`);
      else if (list.from === 'materials') this.#lines.push(`${name}=R.files(M[${text(list.path)}]);`);
      else this.#read(name, list.path, (raw) => `Array.isArray(${name}=${raw})?${name}:undefined`);
    });
  }

  /** What decides whether it is shown is read first. */
  #read(name: string, path: string, reader: (raw: string) => string): void {
    const [section = '', field = ''] = path.split('.');
    const shown = this.#makes.shown(path);
    this.#lines.push(`${name}=${reader(`${this.#section(section)}[${text(field)}]`)};`);
    if (shown !== undefined) this.#lines.push(`if(${name}!==undefined&&${shown}()===0)${name}=undefined;`);
  }

  #section(key: string): string {
    return this.#once(`${key}.`, 's', (name) => this.#sectionLines.push(`${name}=A[${text(key)}]??R.EMPTY;`));
  }
}

/** What `factRows` yields: nothing when the list is absent or its source is down. */
const factRowsCode = (key: string, name: string): string =>
  factList(key)
    ? `Array.isArray(${name}=F[${text(key)}])&&F.sources?.[${text(key)}]?.status!=='down'?${name}:undefined`
    : 'undefined';
