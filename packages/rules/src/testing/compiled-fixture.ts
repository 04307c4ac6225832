import type { CompiledCall } from '../call.ts';
import { compileCall } from '../definition/compile-call.ts';
import { linkCall, type LinkedCall } from '../evaluate/link.ts';
import { readSubject } from '../form/read-subject.ts';
import type { Subject } from '../subject.ts';
import { EXAMPLE, FILES, REFERENCE, STANDARD_FORMS } from './fixture-call.ts';

/** The fixture compiled, with some of its files replaced. */
export function compileFixture(files: Record<string, string> = {}): CompiledCall {
  const { compiled, problems } = compileCall({ ...FILES, ...files }, REFERENCE, STANDARD_FORMS);
  if (!compiled) throw new Error(JSON.stringify(problems, null, 1));
  return compiled;
}

export const FIXTURE = compileFixture();

export const linkFixture = (readings: Record<string, string> = {}): LinkedCall =>
  linkCall(FIXTURE, { asOf: '2030-02-01', readings, reference: REFERENCE });

export const exampleSubject = (): Subject => readSubject(FIXTURE, EXAMPLE).subject;
