import type { OptionsFrom } from '../../call.ts';
import { FACT_LISTS, type FactListDefinition } from '../../facts.ts';
import type { ReferenceData } from '../../reference.ts';
import type { ListSource, ValueType } from '../../tree.ts';

/** What a name stands for: its type, and where its values come from when they are a choice. */
export type ValueSymbol = {
  type: ValueType;
  address: string;
  options?: readonly string[];
  optionsFrom?: OptionsFrom;
};

export type RowsSymbol = { list: ListSource; columns: ReadonlyMap<string, ValueSymbol> };

export type Symbols = {
  /** Section → field → value or table. */
  sections: ReadonlyMap<string, ReadonlyMap<string, ValueSymbol | RowsSymbol>>;
  materials: ReadonlyMap<string, RowsSymbol>;
  parameters: ReadonlyMap<string, ValueSymbol>;
  readings: ReadonlyMap<string, readonly string[]>;
  topicValues: ReadonlyMap<string, ValueSymbol>;
  topics: readonly string[];
  reference: ReferenceData;
};

export const isRows = (symbol: ValueSymbol | RowsSymbol): symbol is RowsSymbol => 'list' in symbol;

/** The registers, the same for all calls. */
export const FACT_SYMBOLS: ReadonlyMap<string, RowsSymbol> = new Map(
  Object.entries(FACT_LISTS).map(([key, list]: [string, FactListDefinition]) => [
    key,
    {
      list: { from: 'facts', path: key },
      columns: new Map(
        Object.entries(list.columns).map(([column, { type, options }]) => [
          column,
          {
            type,
            address: `facts.${key}.${column}`,
            ...(options && { options: Object.keys(options) }),
            ...(column === 'division' && { optionsFrom: 'divisions' as const }),
          },
        ]),
      ),
    },
  ]),
);

/** What can be known about every file beside the facts a call asks for. */
export const FILE_COLUMNS: readonly [string, ValueType, string][] = [
  ['id', 'text', '文件编号'],
  ['row', 'text', '所属行'],
  ['fileName', 'text', '文件名'],
  ['bytes', 'integer', '文件大小'],
];

/** The values that a choice allows; undefined when the reference data do not say. */
export function allowedValues(symbol: ValueSymbol, symbols: Symbols): readonly string[] | undefined {
  if (symbol.options) return symbol.options;
  const { reference } = symbols;
  switch (symbol.optionsFrom) {
    case 'countries':
      return reference.countries.length > 0 ? reference.countries.map(({ code }) => code) : undefined;
    case 'divisions':
      return reference.divisions.length > 0 ? reference.divisions.map(({ code }) => code) : undefined;
    case 'titles':
      return reference.titles.length > 0 ? reference.titles.map(({ key }) => key) : undefined;
    case 'topics':
      return symbols.topics;
    default:
      return undefined;
  }
}
