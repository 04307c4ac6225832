import { choice, dictionary, list, optional, record, text, type Read } from '../shape/shape.ts';
import { REVIEWERS } from './common.ts';

export const CLAUSE_KINDS = [
  'window',
  'channel',
  'topic',
  'eligibility.org',
  'eligibility.pi',
  'eligibility.partner',
  'eligibility.team',
  'limit',
  'quota',
  'funding',
  'agreement',
  'attachment',
  'pledge',
  'ethics',
  'secrecy',
  'integrity',
  'duplicate',
  'workflow',
  'account',
  'document',
  'paper',
  'award',
  'info',
] as const;

const bound = record({
  by: choice(['review', 'workflow', 'shown', 'document']),
  role: optional(choice(REVIEWERS, { about: 'review：由谁审' })),
  question: optional(text({ about: 'review：审查要点' })),
  mechanism: optional(text({ about: 'workflow：系统里的哪个机制' })),
  document: optional(text({ about: 'document：call.yaml 里 documents 的哪一项' })),
  where: optional(choice(['callPage', 'form', 'checklist', 'print'], { about: 'shown：在哪里给人看' })),
});
export type WrittenBound = Read<typeof bound>;

const reading = record({
  key: text(),
  point: text(),
  taken: text(),
  why: text(),
  options: dictionary(text()),
});

const clause = record({
  id: text(),
  at: text({ about: '在通知里的位置：四（八）' }),
  kind: choice(CLAUSE_KINDS),
  how: choice(['auto', 'attest', 'review', 'workflow', 'document', 'info']),
  text: text({ about: '用自己的话写明要求' }),
  readings: optional(list(reading)),
  bound: optional(list(bound)),
});

export const clausesFile = list(clause, { min: 1 });
export type ClausesFile = Read<typeof clausesFile>;
