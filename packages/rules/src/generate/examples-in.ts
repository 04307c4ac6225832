import type { Examples } from '../cases/examples.ts';

/** The parsed `examples/*.json` among the files of a call, by name. Throws where one is not JSON. */
export const examplesIn = (files: Readonly<Record<string, string>>): Examples =>
  Object.fromEntries(
    Object.entries(files).flatMap(([file, text]) => {
      const [, name] = /^examples\/(.+)\.json$/.exec(file) ?? [];
      const parsed: unknown = name === undefined ? undefined : JSON.parse(text);
      return name === undefined ? [] : [[name, parsed]];
    }),
  );
