export type Outcome = 'pass' | 'fail' | 'unknown' | 'needs_human' | 'not_applicable';
export type Severity = 'block' | 'soft' | 'hint';

export type Missing = {
  path: string;
  label: string;
  /** The answer is a register's to give, not the applicant's: the source is down or has not been asked. */
  source?: true;
};

export type Evidence = { label: string; source: string; asOf: string };

/** One finding, complete: what is asked, the bound, the value, the clause's place and what to do. */
export type Verdict = {
  /** Rule id, or `form:required:PATH`, `form:valid:PATH`, `material:KEY[:row]`. */
  rule: string;
  title: string;
  clause: { id: string; at: string };
  outcome: Outcome;
  severity: Severity;
  /** Paths it stands beside; a cell is `table[rowId].column`, a material `materials.KEY` or `materials.KEY[rowId]`. */
  fields: string[];
  asks: string;
  found: string;
  remedy?: string;
  text: string;
  missing?: Missing[];
  human?: { to: string; question: string };
  explanation?: { path: string; label: string; given: boolean };
  evidence?: Evidence[];
  /** The rule threw: outcome is `unknown`, and this says so. */
  defect?: string;
};

export type RollUp = 'blocked' | 'incomplete' | 'needs_person' | 'ready';
