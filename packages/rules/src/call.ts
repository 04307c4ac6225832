import type { State } from './lifecycle/states.ts';
import type { RoutedOrganisation, RoutingFact } from './routing/profile.ts';
import type { Constant, Expr, ListSource, ValueType } from './tree.ts';
import type { Outcome, RollUp, Severity } from './verdict.ts';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A call, checked and lowered: plain JSON, frozen by checksum, the same in browser, server and batch. */
export type CompiledCall = {
  /** Version of this representation, not of the call. */
  format: 1;
  key: string;
  title: string;
  authority: string;
  programme: string;
  planYear: number;
  notice: Notice;
  words: Words;
  windows: Window[];
  parameters: Parameter[];
  readings: Reading[];
  topics: Topic[];
  /** The form field that holds the topic's code, when the form has one. */
  topicField?: string;
  form: Form;
  rules: CompiledRule[];
  materials: MaterialDefinition[];
  quotas: Quota[];
  clauses: Clause[];
  workflow: { [key: string]: Json };
  /** Absent where the call names no table: the department that reviewed the registration is the one. */
  routing?: Routing;
  /** What is to be brought on paper; a list without entries where the call takes none. */
  paper: Paper[];
  departments: Department[];
  documents: Documents;
  contacts: Contact[];
  /** Left out of what the browser gets (`callForBrowser`). */
  cases: CompiledCase[];
};

export type Notice = { title: string; number?: string; publishedOn?: string; address?: string };

/** How this call names things: 初审单位, 项目清单, the portal and the entry in it. */
export type Words = {
  recommendingDepartment: string;
  recommendationList: string;
  platform: string;
  entry?: string;
  scienceDepartment?: string;
};

/** Instants are ISO with offset. `opens` absent: the notice names no beginning. */
export type Window = {
  key: string;
  title: string;
  clauses: string[];
  opens?: string;
  closes: string;
  /** Folded from `closesInclusive`; may depend on readings, never on an application. Absent: inclusive to the millisecond. */
  closesInclusive?: Expr;
  actions: string[];
  /** Only for applications that are in, or were returned from, one of these states; absent: for all. */
  states?: State[];
  under?: Record<string, string>;
  /** How many hours before its end those are reminded who have not done what it is for; absent: REMIND_HOURS_BEFORE. */
  remindHoursBefore?: number[];
};

export type Parameter = {
  key: string;
  label: string;
  type: ValueType;
  clauses: string[];
  /** Sorted by `from`; `until` is inclusive. */
  values: { from: string; until?: string; value: Constant }[];
};

export type Reading = {
  key: string;
  clause: string;
  point: string;
  taken: string;
  why: string;
  options: Record<string, string>;
};

export type Topic = {
  code: string;
  title: string;
  help?: string;
  /** `invitation`: seen by all, open to invited organisations; `shown`: seen, nobody can apply under this call. */
  opening: 'open' | 'invitation' | 'shown';
  clauses: string[];
  note?: string;
  values: Record<string, { type: ValueType; value: Constant }>;
};

export type FieldType =
  | 'text'
  | 'long_text'
  | 'money'
  | 'date'
  | 'integer'
  | 'boolean'
  | 'one_of'
  | 'many_of'
  | 'table'
  | 'country'
  | 'division'
  | 'uscc'
  | 'resident_id'
  | 'phone'
  | 'email'
  | 'attest';

export type Option = { value: string; label: string; help?: string };
export type OptionsFrom = 'countries' | 'divisions' | 'titles' | 'topics' | 'partners';

export type Form = {
  /** What an incomplete form breaks, and what an ill-formed entry breaks: each verdict names a clause. */
  completeness: { clause: string };
  sections: FormSection[];
};

export type FormSection = { key: string; title: string; help?: string; when?: Expr; fields: FormField[] };

export type FormField = {
  key: string;
  /** `section.field`; for a column `section.table.column`; beside a material `materials.KEY.fact`. */
  path: string;
  label: string;
  /** How a sentence calls it, when the label alone would not be understood: 项目负责人出生日期. */
  name: string;
  type: FieldType;
  required: boolean | Expr;
  /** Shown, asked and kept only if true. */
  when?: Expr;
  help?: string;
  placeholder?: string;
  unit?: string;
  options?: Option[];
  optionsFrom?: OptionsFrom;
  /** Money in 分, dates `YYYY-MM-DD`, integers, rows of a table, files: inclusive. */
  min?: number | string;
  max?: number | string;
  /** Characters (code points). */
  minLength?: number;
  maxLength?: number;
  pattern?: { source: string; say: string };
  columns?: FormField[];
  /** What one row of a table is called (合作单位), and the column that names it. */
  rowNoun?: string;
  rowName?: string;
  /** Counted in 家, 人, 项. */
  rowMeasure?: string;
  /** Clauses that ask for this entry. */
  clauses?: string[];
  /** Clause that this declaration fulfils. */
  attests?: string;
  /** The birth date and the sex that a resident number must agree with: paths, or columns of the same table. */
  agrees?: { birth?: string; sex?: string };
  /** Kept encrypted and masked. */
  personal?: boolean;
  width?: 'short' | 'medium' | 'long';
};

export type CompiledRule = {
  id: string;
  title: string;
  /** The first is cited. */
  clauses: string[];
  scope: 'application' | 'person' | 'organisation' | 'call';
  severity: Severity;
  under?: Record<string, string>;
  forEach?: { list: ListSource; name: string; when?: Expr };
  when?: Expr;
  except: RuleException[];
  /** Absent for a rule that only ever asks a person. */
  require?: Expr;
  human?: { when: Expr; to: string; question: string };
  explanation?: string;
  show: string[];
  asks?: string;
  remedy?: string;
  /** Application paths and registers read, for display and for re-evaluating after a change. */
  reads: string[];
};

export type RuleException = { when: Expr; outcome: Outcome; say: string; to?: string };

export type MaterialDefinition = {
  key: string;
  title: string;
  clauses: string[];
  help?: string;
  severity: Severity;
  when?: Expr;
  forEach?: { list: ListSource; name: string; when?: Expr; label?: string };
  /** Files needed when the material is needed at all, and the most that may be given. 0: wanted, never demanded. */
  min: number;
  max: number;
  accept: string[];
  maxBytes: number;
  /** Inspected on arrival: must be a colour scan, may not be encrypted. */
  colour?: boolean;
  template?: string;
  facts: FormField[];
  why?: string;
};

export type Quota = {
  key: string;
  title: string;
  clauses: string[];
  /** Topics that share these places; absent: all topics. */
  topics?: string[];
  per: 'department' | 'organisation' | 'topic' | 'call';
  when?: Expr;
  countsAt: 'recommend' | 'submit';
  under?: Record<string, string>;
  /** First that fits: kinds of the recommending department or organisation, `*` for all others. `places` absent: unlimited. */
  places: QuotaPlaces[];
  bonus: QuotaBonus[];
  except?: { when: Expr; say: string }[];
};

export type QuotaPlaces = {
  kinds: string[];
  places?: number;
  /** One pool for all departments of these kinds in a prefecture: the department's own, or that of the lead organisation. */
  sharedBy?: 'prefectureOfDepartment' | 'prefectureOfLead';
  note?: string;
};

export type QuotaBonus = {
  key: string;
  title: string;
  clauses: string[];
  places: number;
  platformKinds: string[];
  /** One for each confirmed platform, or one for each host organisation. */
  per: 'platform' | 'organisation';
  /** Void while the platform itself, or its host, has an ongoing cooperation project. */
  voidWhileOngoing?: 'platform' | 'organisation';
  under?: Record<string, string>;
};

/** Which recommending department is responsible for an organisation and its projects: a table, read from above. */
export type Routing = {
  clauses: string[];
  /** Every way that fits is open to the organisation, not only the first. */
  choice: boolean;
  /** The form field that says by whom the project is recommended. */
  field?: string;
  ways: RoutingWay[];
};

export type RoutingWay = {
  key: string;
  /** Each fact must have one of the values. */
  when: { [fact in RoutingFact]?: (string | boolean)[] };
  /**
   * `self`: the organisation recommends; `listed`: the same, where the call lists it by name; `supervisor`: its 主管部门; `zone`: the
   * zone it lies in; `place`: its registered place.
   */
  to: 'self' | 'listed' | 'supervisor' | 'zone' | 'place';
  /** Kinds of departments that this way leads to; for `self` the one kind by which the organisation's own places count. */
  kinds: string[];
  why: string;
  clauses: string[];
  /** What the form's field is filled with; absent: the name. */
  value?: string;
  errand?: 'recommendation' | 'registration';
  under?: Record<string, string>;
};

/** How many copies of what are to be brought on paper, by whom, to whom, by when. */
export type Paper = {
  key: string;
  title: string;
  clauses: string[];
  of: 'application' | 'recommendationList' | 'departmentPledge';
  /** Codes of the topics it is asked for; absent: all. */
  topics?: string[];
  copies: number;
  size?: string;
  duplex?: boolean;
  bound?: boolean;
  binding?: string;
  watermark?: string;
  /** The parts of the bound copy in their order. */
  parts?: string[];
  sealedBy?: string[];
  from: 'applicant' | 'organisation' | 'recommendingDepartment';
  /** It is handed to the department first, which seals it and brings it: nobody else may. */
  through?: 'recommendingDepartment';
  to: 'serviceCentre' | 'scienceDepartment';
  address?: string;
  /** How far the application must have come online before its paper is taken. */
  after: 'submitted' | 'recommended' | 'delivered';
  /** The last instant of receipt, inclusive; ISO with offset. */
  closes?: string;
  /** The period runs from this day, which is registered for each application. */
  startsAt?: 'feasibilityPassed' | 'award';
  /** The day of the event does not count; the last day counts as a whole. */
  withinWorkingDays?: number;
  /** What comes late is not taken, or taken and listed as late. */
  late: 'refused' | 'recorded';
  under?: Record<string, string>;
};

export type BoundBy =
  | { by: 'rule' | 'window' | 'quota' | 'material' | 'parameter' | 'topic'; key: string; title: string }
  | { by: 'field'; path: string; title: string }
  | { by: 'attestation'; path: string; title: string }
  | { by: 'review'; role: string; question: string }
  | { by: 'workflow'; mechanism: string }
  | { by: 'document'; document: string }
  | { by: 'shown'; where: string };

export type Clause = {
  id: string;
  at: string;
  kind: string;
  how: 'auto' | 'attest' | 'review' | 'workflow' | 'document' | 'info';
  text: string;
  boundBy: BoundBy[];
};

/** `from` is an application path or a word the documents know: serial, applicationNumber, state, topic, … */
export type ListColumn = {
  key: string;
  title: string;
  from?: string;
  /** Filled in by whoever decides on it, application by application, before the list can be exported. */
  decidedBy?: 'recommendingDepartment';
  choices?: string[];
  note?: string;
};

export type Documents = {
  recommendationList: {
    title: string;
    columns: ListColumn[];
    footnotes?: string[];
    copies?: number;
    /** What the call names the fields for contact and phone in the head; the place for the seal and the date then stand there, too. */
    head?: { contact: string; phone: string };
  };
  recommendationLetter?: { title: string };
  /** The department's own pledge, printed by the system and uploaded signed and sealed before the list is delivered. */
  pledge?: { title: string; clause: string[]; items: string[] };
  /** Order of the parts of the merged print. */
  order?: string[];
  applicationForm?: { title: string };
  /** The print that the organisation seals electronically, by when, and how early it is reminded. */
  sealedApplication?: {
    title: string;
    electronicSeals: { key: string; title: string; by: string }[];
    sealedBefore: string;
    remindDaysBefore?: number;
  };
  receipt?: { title: string };
};

/** A recommending department that the call names; `kind` is what quotas count by. */
export type Department = { name: string; kind: string; division: string; uscc?: string; note?: string };

export type Contact = { matter: string; office: string; phones: string[]; note?: string };

/** A change to an example application and what must come out. */
export type CompiledCase = {
  name: string;
  edge?: string;
  clause?: string;
  /** Where it stands: file and line, for messages. */
  place: { file: string; line: number };
  example?: string;
  readings?: Record<string, string>;
  set: CaseChange[];
  expect: CaseExpectation;
};

/** `value` absent: the entry is taken away. */
export type CaseChange = { path: string; value?: Json };

export type CaseExpectation =
  | { about: 'rule'; rule: string; outcome: Outcome; fields?: string[] }
  | { about: 'rollUp'; rollUp: RollUp }
  | { about: 'material'; material: string; row?: string; need: 'yes' | 'no' | 'unknown' }
  | { about: 'window'; action: string; state?: State; instant: string; open: boolean }
  /** To whom the call's table leads an organisation: the department's name, or `self`, or `missing`. */
  | { about: 'route'; organisation: RoutedCase; errand: 'recommendation' | 'registration'; to: string }
  /** What becomes of paper that is brought: `notAsked`, or as `judgeDelivery` says. */
  | { about: 'paper'; paper: string; brought: PaperCase; outcome: string }
  | { about: 'deadline'; from: string; workingDays: number; date: string }
  /** Shown by a journey or test outside the engine. */
  | { about: 'elsewhere'; mechanism: string; given?: Json; outcome: string; shownBy?: string };

/** An organisation of a case; its departments are called by their names. */
export type RoutedCase = Omit<RoutedOrganisation, 'supervisorId' | 'zoneId'> & { supervisor?: string; zone?: string };

/** A delivery of a case: instants as ISO, days as dates. */
export type PaperCase = {
  topic?: string;
  by?: 'applicant' | 'organisation' | 'recommendingDepartment';
  copies?: number;
  held?: number;
  version?: 'current' | 'superseded' | 'draft';
  sent?: string;
  received: string;
  startedOn?: string;
};
