/** What kinds of findings the rules had. */
export type FindingKind = 'person' | 'explained' | 'against' | 'unknown';

export type AdmissionResult = {
  admitted: boolean;
  by: string;
  at: string;
  reason?: string;
  clauses: { id: string; at: string; text: string }[];
};
