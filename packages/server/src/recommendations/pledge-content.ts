import type { LoadedRound } from '../calls/index.ts';

/** What is frozen when a department's pledge is first printed. */
export type PledgeContent = {
  title: string;
  callTitle: string;
  callKey: string;
  mode: 'live' | 'rehearsal';
  department: string;
  departmentWord: string;
  items: string[];
  /** Where the notice asks for it, as it is cited: 二4. */
  clause: string;
};

/** Undefined where the call asks for none. */
export function pledgeContent({ compiled, mode }: LoadedRound, department: string): PledgeContent | undefined {
  const { pledge } = compiled.documents;
  return (
    pledge && {
      title: pledge.title,
      callTitle: compiled.title,
      callKey: compiled.key,
      mode,
      department,
      departmentWord: compiled.words.recommendingDepartment,
      items: pledge.items,
      clause: compiled.clauses.find(({ id }) => id === pledge.clause[0])?.at ?? '',
    }
  );
}
