/** What the public may know of a printed paper: whether it counts, and of what it is a print. No personal data, no content. */
export type Verification =
  | { about: 'list'; standing: 'current' | 'voided' | 'delivered'; rehearsal: boolean; facts: Fact[]; why?: string }
  | {
      about: 'application';
      standing: 'current' | 'superseded' | 'draft';
      rehearsal: boolean;
      facts: Fact[];
      why?: string;
      /** Where somebody with a right to read compares the printed version with the present one. */
      compare?: string;
    }
  | { about: 'pledge'; standing: 'printed' | 'uploaded'; rehearsal: boolean; facts: Fact[]; why?: string }
  | { about: 'refusal'; standing: 'refused'; rehearsal: boolean; facts: Fact[]; why?: string }
  | { about: 'paperReceipt'; standing: 'registered' | 'voided'; rehearsal: boolean; facts: Fact[]; why?: string }
  | { about: 'nothing'; standing: 'forged' | 'unknown' | 'unreadable' };

export type Fact = { label: string; value: string };
