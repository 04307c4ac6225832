import { type CompiledCall, parseInstant, readFacts, readSubject, type Subject } from '@keshen/rules';
import { UsageError } from './arguments.ts';
import { readJsonFile, type JsonFile } from './read-json.ts';

/**
 * Reads an application from a file: the whole document `{ application, materials, facts, at }` or the application alone. The instant
 * is the option's, else the document's own, else now. What cannot be read is a UsageError that names file, line and place.
 */
export async function readDocument(
  call: CompiledCall,
  file: string,
  { facts: factsFile, at }: { facts?: string | undefined; at: string | undefined },
): Promise<Subject> {
  const document = await readJsonFile(file);
  const { value } = document;
  const whole = isObject(value) && ('application' in value || 'materials' in value || 'at' in value);
  const parts: Record<string, unknown> = whole ? { ...value } : { application: value };
  if (at !== undefined && parseInstant(at) === undefined) {
    throw new UsageError(`--at 应为时刻，现为“${at}”。例如：2025-11-20T10:00:00+08:00`);
  }
  parts['at'] = at ?? parts['at'] ?? new Date().toISOString();
  const { subject, problems } = readSubject(call, parts);
  const said = problems.map(({ path, message }) =>
    say(document, whole ? path : path.replace(/^application\.?/, ''), message),
  );
  if (factsFile !== undefined) {
    const facts = await readJsonFile(factsFile);
    const read = readFacts(facts.value);
    said.push(...read.problems.map(({ path, message }) => say(facts, path.replace(/^facts\.?/, ''), message)));
    subject.facts = read.facts;
  }
  if (said.length > 0) throw new UsageError(said.join('\n'));
  return subject;
}

function say(file: JsonFile, path: string, message: string): string {
  const line = file.lineOf(path);
  return `${file.name}${line === undefined ? '' : `:${line}`} ${path}：${message}`;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
