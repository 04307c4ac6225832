import type { CaseChange, Json } from '../call.ts';
import { dateOfInstant, parseInstant } from '../calendar/instants.ts';
import type { Subject } from '../subject.ts';

type Branch = { [key: string]: Json };

/** An example with changes made to it; the example stays as it is. Throws when a path leads nowhere. */
export function applyChanges(example: Subject, changes: readonly CaseChange[]): Subject {
  const root = JSON.parse(JSON.stringify(example)) as Branch;
  for (const change of changes) applyChange(root, change);
  return root as unknown as Subject;
}

function applyChange(root: Branch, { path, value }: CaseChange): void {
  if (path === 'at') {
    const instant = parseInstant(String(value));
    root.at = { instant: String(value), date: instant === undefined ? '' : dateOfInstant(instant) };
    return;
  }
  const steps = stepsOf(path);
  const last = steps.pop();
  if (!last) return;
  let branch: Branch = root;
  for (const step of steps) branch = enter(branch, step, path);
  const held = resolveReferences(root, value);
  if (last.row === undefined) {
    if (held === undefined) delete branch[last.key];
    else branch[last.key] = held;
    return;
  }
  setRow(branch, last.key, last.row, held, path);
}

type Step = { key: string; row?: string };

/** `partners.list[p1].country`, `materials.agreement[f1].signedOn`, `facts.sources.projects.status`, `lead.kind`. */
function stepsOf(path: string): Step[] {
  const [first = ''] = path.split('.');
  const prefix: Step[] = first === 'materials' || first === 'facts' ? [{ key: first }] : [{ key: 'application' }];
  const rest = prefix[0]?.key === 'application' ? path : path.slice(first.length + 1);
  const steps = rest.match(/[^.[\]]+(?:\[[^\]]*\])?/g) ?? [];
  return [
    ...prefix,
    ...steps.map((step) => {
      const match = /^([^[]+)\[([^\]]*)\]$/.exec(step);
      return match ? { key: match[1] ?? '', row: match[2] ?? '' } : { key: step };
    }),
  ];
}

function enter(branch: Branch, { key, row }: Step, path: string): Branch {
  if (row === undefined) {
    branch[key] ??= {};
    return branch[key] as Branch;
  }
  const found = rowsOf(branch, key).find((candidate, at) => isRow(candidate, row, at));
  if (!found) throw new Error(`${path}：没有“${row}”这一行`);
  return found as Branch;
}

const rowsOf = (branch: Branch, key: string): Json[] => {
  branch[key] ??= [];
  return branch[key] as Json[];
};

/** By its id, or by its place from 1 when no row has that id. */
const isRow = (candidate: Json, row: string, at: number): boolean => {
  const id = (candidate as Branch | null)?.id;
  return id === undefined ? String(at + 1) === row : id === row;
};

function setRow(branch: Branch, key: string, row: string, value: Json | undefined, path: string): void {
  const rows = rowsOf(branch, key);
  const at = rows.findIndex((candidate, place) => isRow(candidate, row, place));
  if (value === undefined) {
    if (at < 0) throw new Error(`${path}：没有“${row}”这一行`);
    rows.splice(at, 1);
    return;
  }
  const made = { ...(value as Branch), id: row };
  if (at < 0) rows.push(made);
  else rows[at] = made;
}

/** `@lead.uscc` stands for what the application holds there. */
function resolveReferences(root: Branch, value: Json | undefined): Json | undefined {
  if (typeof value === 'string' && value.startsWith('@')) return valueAt(root, value.slice(1));
  if (Array.isArray(value)) return value.map((item) => resolveReferences(root, item) ?? null);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolveReferences(root, item) ?? null]));
  }
  return value;
}

function valueAt(root: Branch, path: string): Json {
  const steps = stepsOf(path);
  const last = steps.pop();
  let branch: Branch = root;
  for (const step of steps) branch = enter(branch, step, path);
  if (!last) return null;
  return last.row === undefined ? (branch[last.key] ?? null) : enter(branch, last, path);
}
