import { parseArgs } from 'node:util';

/** A command was written wrongly; the message is Chinese and says how it is written. */
export class UsageError extends Error {}

export type Arguments = {
  positional: string[];
  option: (name: string) => string;
  optional: (name: string) => string | undefined;
  flag: (name: string) => boolean;
};

/** Reads `--name value` options, `--flag` switches and the words between them. An unknown or missing one is a UsageError. */
export function readArguments(args: string[], names: readonly string[], flags: readonly string[] = []): Arguments {
  const options = {
    ...Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
    ...Object.fromEntries(flags.map((name) => [name, { type: 'boolean' as const }])),
  };
  let parsed: { values: Record<string, string | boolean | undefined>; positionals: string[] };
  try {
    parsed = parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch {
    const known = [...names.map((name) => `--${name} 值`), ...flags.map((name) => `--${name}`)];
    throw new UsageError(`参数写法不对。可用的选项：${known.join('、') || '没有'}`);
  }
  const { values, positionals } = parsed;
  const optional = (name: string): string | undefined => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    positional: positionals,
    optional,
    option: (name) => {
      const value = optional(name);
      if (!value) throw new UsageError(`缺少 --${name}。`);
      return value;
    },
    flag: (name) => values[name] === true,
  };
}
