import type { ChecklistStep, Refusal } from './types.ts';

export type Person = { id: string; name: string };

export type ReviewDesk = {
  signOff: boolean;
  assignee?: { personId: string; name: string };
  candidates: Person[];
  opinion?: { text: string; by: string; at: string };
  notes: { id: string; text: string; by: string; at: string }[];
};

export type MarkStep = Exclude<ChecklistStep, 'admission'>;
export type Mark = {
  step: MarkStep;
  path: string;
  label: string;
  remark: string;
  by: string;
  markedAt: string;
  /** Absent: not returned yet. */
  sentAt?: string;
  resolved: boolean;
};

export type ReviewSetting = { step: MarkStep; name: string; finalSignOff: boolean; reviewers: Person[] };

export type QueueChoices = {
  topics: { roundId: string; topic: string; title: string }[];
  organisations: Person[];
  reviewers: Person[];
};

export type SavedView = { id: string; name: string; filters: Record<string, string> };

export type Previewed = { id: string; number: string; title: string; refusal?: Refusal };

export type Clause = { id: string; at: string; text: string };

export type LockedField = 'title' | 'organisation' | 'principalInvestigator';
export type LockedChanges = {
  locked: { field: LockedField; now: string; clause?: { id: string; at: string }; forbidden: boolean }[];
  items: {
    id: string;
    field: LockedField;
    before: string;
    after: string;
    reason: string;
    proposedById: string;
    proposedByName: string;
    proposedAt: string;
    decision?: 'approved' | 'declined';
    decisionNote?: string;
    decidedByName?: string;
    decidedAt?: string;
  }[];
  members: string[];
};

export type SpotCheck = {
  id: string;
  percent: number;
  secretHash: string;
  publicSource: string;
  announcedByName: string;
  announcedAt: string;
  draw?: {
    publicValue: string;
    secret: string;
    population: number;
    populationHash: string;
    drawnByName: string;
    drawnAt: string;
    applications: { id: string; number: string; title: string; organisationName: string; departmentName: string }[];
  };
};
