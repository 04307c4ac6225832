import { permissionInWords, permissionRows, SUBJECTS } from '@keshen/rules';
import { readArguments } from './arguments.ts';

/** Prints who may do what: one row a role, a scope and its states. */
export function run(args: string[]): Promise<number> {
  const rows = permissionRows();
  if (readArguments(args, [], ['json']).flag('json')) console.log(JSON.stringify(rows, undefined, 2));
  else {
    for (const row of rows) {
      const { label, role, scope, states } = permissionInWords(row);
      console.log([SUBJECTS[row.subject].label, label, row.right, role, scope, states].join('\t'));
    }
  }
  return Promise.resolve(0);
}
