import { parseArgs } from 'node:util';

/** A command was written wrongly; the message is Chinese and says how it is written. */
export class UsageError extends Error {}

export type Arguments = {
  positional: string[];
  option: (name: string) => string;
  optional: (name: string) => string | undefined;
};

/** Reads `--name value` options and the words between them. An unknown or missing one is a UsageError. */
export function readArguments(args: string[], names: readonly string[]): Arguments {
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  let parsed: { values: Record<string, string | undefined>; positionals: string[] };
  try {
    parsed = parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch {
    throw new UsageError(`参数写法不对。可用的选项：${names.map((name) => `--${name} 值`).join('、')}`);
  }
  const optional = (name: string): string | undefined => parsed.values[name];
  return {
    positional: parsed.positionals,
    optional,
    option: (name) => {
      const value = optional(name);
      if (!value) throw new UsageError(`缺少 --${name}。`);
      return value;
    },
  };
}
