import { readConfig } from '../platform/config.ts';
import type { Context } from '../platform/context.ts';
import { throughout } from '../platform/db/reach.ts';
import { startContext } from '../start-context.ts';

/** Runs a command on the same database as the server, beside it or without it. */
export async function withContext(command: (context: Context) => Promise<number>): Promise<number> {
  const { context, close } = await startContext(readConfig(process.env));
  try {
    return await throughout(() => command(context));
  } finally {
    await close();
  }
}

/** Says why something was not done. */
export function refuse(message: string, remedy?: string): number {
  console.error(remedy ? `${message}\n${remedy}` : message);
  return 1;
}
