/** What an applicant looks at one by one before a new application, where a notice asks for it. */
export const CONFIRMED_ITEMS = ['organisation', 'department', 'applicant'] as const;
export type ConfirmedItem = (typeof CONFIRMED_ITEMS)[number];

export type Creation = {
  roundId: string;
  topic?: string;
  notClassified: boolean;
  confirmed?: readonly ConfirmedItem[];
  /** The department wished for, or `self`, where the call leaves the choice. */
  department?: string;
};
