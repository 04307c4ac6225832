import type { AdmissionResult, FindingKind } from './outcome-types.ts';
import type { RoutingFacts, RoutingQuestions } from './routing-types.ts';
import type { CellValue, CompiledCall, ReferenceData, RollUp, SectionValue, Verdict } from '@keshen/rules';

export type Refusal = {
  code: string;
  message: string;
  where?: string;
  remedy?: string;
  clause?: { id: string; at: string };
  findings?: Verdict[];
  /** What the server holds now instead of what was seen. */
  current?: unknown;
  at?: string;
};

export type List<T> = { items: T[]; total: number };

export type Role =
  | 'applicant'
  | 'organisationAdministrator'
  | 'organisationReviewer'
  | 'recommendingDepartment'
  | 'programmeOfficer'
  | 'serviceCentre'
  | 'integrityOfficer'
  | 'systemAdministrator'
  | 'securityAdministrator'
  | 'auditAdministrator';

export type Grant = {
  role: Role;
  label: string;
  authorityId?: string;
  authorityName?: string;
  departmentId?: string;
  departmentName?: string;
  organisationId?: string;
  organisationName?: string;
  deputyUntil?: string;
};

export type Me = {
  person: {
    id: string;
    name: string;
    login: string;
    mustChangePassword: boolean;
    mustEnrolSecondFactor: boolean;
    demonstration: boolean;
  };
  grants: Grant[];
  production: boolean;
};

export type DemonstrationPerson = {
  login: string;
  password: string;
  name: string;
  role: Role;
  label: string;
  what: string;
  authorityName?: string;
  /** The organisation or department that the person acts for. */
  of?: string;
};

export type Option = { value: string; label: string };
export type Registrable = {
  items: Authority[];
  organisationKinds: Option[];
  affiliations: Option[];
  universityLevels: Option[];
  divisions: { code: string; name: string }[];
};
export type Department = { id: string; name: string; kind: string; division: string };
export type Authority = {
  id: string;
  name: string;
  division: string;
  departments: Department[];
  /** Absent: no call of the authority has a routing table, and the department is chosen. */
  routing?: RoutingQuestions;
};

export type OrganisationState = 'pending' | 'approved' | 'rejected';
export type Organisation = {
  id: string;
  uscc: string;
  name: string;
  kind: string;
  legalPerson: boolean;
  registeredOn: string;
  division: string;
  address: string;
  legalRepresentative: string;
  contactName: string;
  contactPhone: string;
  state: OrganisationState;
  affiliation?: string | null;
  universityLevel?: string | null;
  firstLevelBudget?: boolean | null;
  supervisorName?: string | null;
  zoneName?: string | null;
  reviewNote?: string | null;
  departmentId: string;
  departmentName: string;
  createdAt: string;
  reviewedAt?: string | null;
};

export type OrganisationRegistration = RoutingFacts & {
  authorityId: string;
  departmentId?: string;
  documents: string[];
  uscc: string;
  name: string;
  kind: string;
  legalPerson: boolean;
  registeredOn: string;
  division: string;
  address: string;
  legalRepresentative: string;
  contactName: string;
  contactPhone: string;
  administrator: { login: string; name: string; password: string };
};

export type OrganisationPerson = {
  id: string;
  login: string;
  name: string;
  role: 'applicant' | 'organisationReviewer' | 'organisationAdministrator';
  createdAt: string;
  disabledAt?: string | null;
};

export type Words = Record<string, string>;
export type Mode = 'live' | 'rehearsal';
export type Window = {
  key: string;
  title: string;
  clause: { id: string; at: string };
  opens?: string | null;
  closes: string;
  state: 'before' | 'open' | 'closed';
  actions: string[];
  /** Only for applications in, or returned from, one of these states. */
  states?: string[];
};

export type Round = {
  id: string;
  callKey: string;
  title: string;
  authorityName: string;
  mode: Mode;
  planYear: number;
  words: Words;
  windows: Window[];
  applicationsMine: number;
};

export type StepOffer = {
  action: string;
  label: string;
  needsReason: boolean;
  needsClause: boolean;
  open: boolean;
  why?: string;
};

export type ApplicationSummary = {
  id: string;
  number: string;
  roundId: string;
  callTitle: string;
  mode: Mode;
  title: string;
  topic?: string | null;
  state: string;
  stateLabel: string;
  organisationId: string;
  organisationName: string;
  departmentId: string;
  departmentName: string;
  applicantName: string;
  versionCode?: string | null;
  submittedAt?: string | null;
  updatedAt: string;
  /** What kinds of findings the rules had when it last took a step. */
  findings: FindingKind[];
  steps: StepOffer[];
};

export type StoredSection = { revision: number; data: SectionValue; savedAt: string; savedByName: string };

export type Attachment = {
  id: string;
  material: string;
  row?: string | null;
  fileName: string;
  bytes: number;
  pages?: number | null;
  sha256: string;
  facts: Record<string, CellValue>;
  inspection: Inspection;
  storedAt: string;
};

/** How far the server has come in looking into a file; files from before it did have no state. */
export type Inspection = {
  state?: 'checking' | 'waiting_for_scan' | 'passed' | 'hints' | 'failed';
  notes: string[];
  virus?: 'clean' | 'found' | 'waiting' | 'not_scanned';
};

/** A file that no longer counts; without `removedByName` the inspection took it out of force. */
export type EarlierFile = Pick<
  Attachment,
  'id' | 'material' | 'row' | 'fileName' | 'bytes' | 'pages' | 'inspection' | 'storedAt'
> & {
  storedByName: string;
  removedAt: string;
  removedByName?: string;
};

export type UnfinishedUpload = {
  id: string;
  material: string;
  row?: string;
  fileName: string;
  bytes: number;
  received: number;
  startedAt: string;
  expiresAt: string;
};

export type MaterialsView = { attachments: Attachment[]; earlier: EarlierFile[]; unfinished: UnfinishedUpload[] };

export type ApplicationDetail = ApplicationSummary & {
  /** Whether the reader may write in it now, and if not, why. */
  editing: { open: boolean; why?: string };
  sections: Record<string, StoredSection>;
  attachments: Attachment[];
  snapshots: { ordinal: number; versionCode: string; takenAt: string }[];
  returnReason?: { by: string; at: string; reason: string } | null;
  admission?: AdmissionResult;
};

export type Saved = { revision: number; savedAt: string };

export type ServerFindings = { verdicts: Verdict[]; rollUp: RollUp; at: string };

export type HistoryEvent = {
  at: string;
  personName?: string | null;
  role?: string | null;
  action: string;
  label: string;
  outcome: 'done' | 'refused';
  /** What was refused can be printed as proof under this number. */
  refusal?: number;
  reason?: string | null;
  detail?: unknown;
};

export type ChecklistStep = 'organisation' | 'department' | 'admission';
export type Answer = 'yes' | 'no' | 'not_applicable';
export type ChecklistItem = {
  key: string;
  clause: { id: string; at: string };
  question: string;
  source: 'clause' | 'finding';
  answer?: Answer;
  note?: string;
  answeredByName?: string;
  /** Given before the application was last submitted; it has to be given again. */
  earlier?: { answer: Answer; note: string };
};

export type RecommendationListState = 'current' | 'voided' | 'delivered';
export type RecommendationList = {
  id: string;
  ordinal: number;
  code: string;
  exportedAt: string;
  exportedByName: string;
  entries: number;
  state: RecommendationListState;
  voidReason?: string | null;
  sealedScanName?: string | null;
  /** How the scan was matched with the list, in words. */
  scanReading?: string;
  letterName?: string | null;
  deliveredAt?: string | null;
};

export type ListColumnToDecide = { key: string; title: string; choices: string[] };
/** The department's own pledge; without `id` it was never printed. */
export type Pledge = { title: string; id?: string; code?: string; scanName?: string; scanAt?: string };

export type Recommendations = {
  departmentName: string;
  words: Words;
  applications: ApplicationSummary[];
  current?: RecommendationList | null;
  lists: RecommendationList[];
  /** Whether the call asks for a letter beside the sealed list, and what it is called. */
  letterTitle?: string;
  /** What the call names the fields for contact and phone in the head of its list, and what was written there last. */
  head?: { contact: string; phone: string; last?: { name: string; phone: string } };
  /** Columns that the department fills in, and what it wrote by application and column. */
  columns: ListColumnToDecide[];
  decisions: Record<string, Record<string, string>>;
  pledge?: Pledge;
  /** Whether lists may be exported, uploaded and delivered now. */
  delivering: { open: boolean; why?: string };
};

/** The places of one holder in one quota, and how many are left. */
export type PlacesLeft = {
  quota: string;
  title: string;
  clause: { id: string; at: string };
  countsAt: 'recommend' | 'submit';
  holder: string;
  holderName: string;
  granted: number;
  adjusted: number;
  taken: number;
  left: number;
  note?: string;
};
/** A platform that may give a place of its own; `why` it gives none. */
export type BonusPlatform = {
  platformId: string;
  name: string;
  kind: string;
  organisationName: string;
  title: string;
  clause: { id: string; at: string };
  places: number;
  taken: number;
  why?: string;
};
export type Places = {
  places: PlacesLeft[];
  bonus: BonusPlatform[];
  /** For the programme officer only. */
  adjustments?: { quota: string; holder: string; change: number; reason: string; byName: string; at: string }[];
};
export type PlacesOfApplication = { places: PlacesLeft[]; bonus: BonusPlatform[]; platformName?: string };

/** The topics by invitation and who is invited to each. */
export type Invitations = {
  topics: { code: string; title: string }[];
  items: { topic: string; uscc: string; name: string; invitedByName: string; invitedAt: string }[];
};

/** More time for one stage, for some. */
export type Extension = {
  id: string;
  stage: string;
  stageLabel: string;
  until: string;
  whom: string;
  reason: string;
  state: 'proposed' | 'approved' | 'declined';
  proposedByName: string;
  proposedAt: string;
  mayDecide: boolean;
  decidedByName?: string;
  decidedAt?: string;
  decisionNote?: string;
};

export type ListedApplication = {
  id: string;
  number: string;
  title: string;
  organisationName: string;
  versionCode: string;
};
export type DeliveredList = RecommendationList & {
  departmentName: string;
  applications: ListedApplication[];
  pledge?: Pledge;
};

export type Overview = {
  states: { state: string; label: string; count: number }[];
  departments: { departmentId: string; departmentName: string; counts: Record<string, number>; total: number }[];
};

export type RoundDefinition = {
  compiled: CompiledCall;
  reference: ReferenceData;
  checksum: string;
  readings: Record<string, string>;
  shiftMs: number;
  mode: Mode;
};
