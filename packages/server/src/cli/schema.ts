import { definitionSchemas, factsSchema, subjectSchema } from '@keshen/rules/definition';
import { readArguments } from './arguments.ts';
import { openCall } from './open-call.ts';

/** Prints the JSON Schema of a call's application document and of the facts; `--definition` those of a call's own files. */
export async function run(args: string[]): Promise<number> {
  const { positional, flag } = readArguments(args, [], ['definition']);
  if (flag('definition')) {
    console.log(JSON.stringify(definitionSchemas(), undefined, 2));
    return 0;
  }
  const { call } = await openCall(positional[0]);
  console.log(JSON.stringify({ application: subjectSchema(call.compiled), facts: factsSchema() }, undefined, 2));
  return 0;
}
