import type { ListSource } from '../tree.ts';

type Makes = {
  /** The name of a value that code cannot write down. */
  constant: (value: unknown) => string;
  /** The name of a function that says whether a field is shown; undefined when it always is. */
  shown: (address: string) => string | undefined;
};

const text = (value: string): string => JSON.stringify(value);

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
  answer(path: string, type: string): string {
    return this.#once(`${path} ${type}`, 'v', (name) => this.#read(name, path, `R.READ.${type}`));
  }

  /** The variable that holds a list's rows. */
  list(list: ListSource): string {
    if (list.from === 'items') return this.#makes.constant(list.rows);
    return this.#once(`${list.from}.${list.path}`, 'l', (name) => {
      if (list.from === 'facts') this.#lines.push(`${name}=R.factRows(F,${text(list.path)});`);
      else if (list.from === 'materials') this.#lines.push(`${name}=R.files(M[${text(list.path)}]);`);
      else this.#read(name, list.path, 'R.list');
    });
  }

  /** What decides whether it is shown is read first. */
  #read(name: string, path: string, reader: string): void {
    const [section = '', field = ''] = path.split('.');
    const shown = this.#makes.shown(path);
    this.#lines.push(`${name}=${reader}(${this.#section(section)}[${text(field)}]);`);
    if (shown !== undefined) this.#lines.push(`if(${name}!==undefined&&${shown}()===0)${name}=undefined;`);
  }

  #section(key: string): string {
    return this.#once(`${key}.`, 's', (name) => this.#sectionLines.push(`${name}=A[${text(key)}]??R.EMPTY;`));
  }
}
