import type { NoticeKind, NoticeMode, Role, State } from '@keshen/rules';
import type { ColumnType, Generated, Kysely, Transaction } from 'kysely';
import type { SealAlgorithm, SealKind } from '../seal/authority.ts';

/** Either the pool or a running transaction. */
export type Db = Kysely<Database>;
export type Trx = Transaction<Database>;

/** A JSON column: read as T; written as text, because the driver would turn a list into a PostgreSQL array. */
type Json<T> = ColumnType<T, string, string>;
/** A JSON column that may be empty. */
type NullableJson<T> = ColumnType<T | null, string | undefined, string>;
/** A JSON column with a default. */
type DefaultJson<T> = ColumnType<T, string | undefined, string>;
/** A calendar date 'YYYY-MM-DD'; never a JavaScript Date, which would carry a time zone. */
type CalendarDate = string;
type JsonObject = Record<string, unknown>;

/** What the rules found, as reviewers look for it: for a person to judge; explained; not met; unknown. */
export type FindingKind = 'person' | 'explained' | 'against' | 'unknown';
/** A place that a print offers for a seal: under which heading, and the middle of the seal in mm from the page's upper left corner. */
export type SealPlaceOfPrint = { kind: SealKind; title: string; page: number; x: number; y: number };
export type SealOrderKind = SealKind | 'sm2Signature';
/** Why something does not work and what to do, as a refusal says it. */
export type ShownProblem = { code: string; message: string; remedy?: string };

/** The tables of migrations/, in camelCase. */
export type Database = {
  authority: { id: string; name: string; division: string };
  department: {
    id: Generated<string>;
    authorityId: string;
    name: string;
    kind: string;
    division: string | null;
    finalSignOff: Generated<boolean>;
    /** The organisation whose own department this is: it recommends its projects itself. */
    organisationId: string | null;
  };
  organisation: {
    id: Generated<string>;
    authorityId: string;
    departmentId: string;
    uscc: string;
    name: string;
    kind: string;
    legalPerson: boolean;
    registeredOn: CalendarDate;
    division: string;
    address: Generated<string>;
    legalRepresentative: string;
    contactName: string;
    contactPhone: string;
    state: Generated<'pending' | 'approved' | 'rejected'>;
    reviewNote: string | null;
    reviewedBy: string | null;
    reviewedAt: Date | null;
    demonstration: Generated<boolean>;
    createdAt: Generated<Date>;
    finalSignOff: Generated<boolean>;
    affiliation: string | null;
    universityLevel: string | null;
    firstLevelBudget: boolean | null;
    supervisorId: string | null;
    zoneId: string | null;
  };
  organisationVersion: {
    organisationId: string;
    ordinal: number;
    content: Json<JsonObject>;
    departmentId: string;
    note: string | null;
    approvedBy: string | null;
    holdsFrom: Date;
  };
  organisationChange: {
    id: Generated<string>;
    organisationId: string;
    departmentId: string;
    before: Json<JsonObject>;
    after: Json<JsonObject>;
    reason: string;
    requestedBy: string;
    requestedAt: Date;
    decision: 'approved' | 'declined' | 'withdrawn' | null;
    decisionNote: string | null;
    decidedBy: string | null;
    decidedAt: Date | null;
  };
  hostedPlatform: {
    id: Generated<string>;
    organisationId: string;
    departmentId: string;
    kind: string;
    name: string;
    number: Generated<string>;
    confirmedByAuthority: string;
    confirmedOn: CalendarDate;
    ongoingCooperation: boolean;
    requestedBy: string;
    requestedAt: Date;
    decision: 'confirmed' | 'declined' | 'withdrawn' | null;
    decisionNote: string | null;
    decidedBy: string | null;
    decidedAt: Date | null;
  };
  organisationDocument: {
    id: Generated<string>;
    authorityId: string;
    organisationId: string | null;
    changeId: string | null;
    platformId: string | null;
    kind: 'licence' | 'representativeLetter' | 'changeProof' | 'platformProof';
    fileName: string;
    mediaType: string;
    bytes: number;
    pages: number | null;
    sha256: string;
    inspection: Json<JsonObject>;
    storedBy: string | null;
    storedAt: Date;
    replacedAt: Date | null;
  };
  person: {
    id: Generated<string>;
    login: string;
    name: string;
    passwordHash: string;
    mustChangePassword: Generated<boolean>;
    disabledAt: Date | null;
    demonstration: Generated<boolean>;
    createdAt: Generated<Date>;
    erasedAt: Date | null;
  };
  roleGrant: {
    id: Generated<string>;
    personId: string;
    role: Role;
    authorityId: string | null;
    departmentId: string | null;
    organisationId: string | null;
    grantedBy: string | null;
    grantedAt: Generated<Date>;
    endedAt: Date | null;
    endReason: string | null;
    endedBy: string | null;
    /** Of a deputy: the administrator's grant until then. */
    deputyUntil: Date | null;
  };
  /** A view: the grants that have not ended, and what follows from them. */
  actingGrant: {
    personId: string;
    role: Role;
    authorityId: string | null;
    departmentId: string | null;
    organisationId: string | null;
    grantedAt: Date;
    deputyUntil: Date | null;
  };
  rateCount: { name: string; key: string; since: Date; calls: number; overAt: Date };
  personProfile: {
    personId: string;
    revision: number;
    data: Json<JsonObject>;
    idNumber: string | null;
    phone: string | null;
    savedAt: Date;
  };
  profileConfirmation: {
    personId: string;
    organisationId: string;
    revision: number;
    decision: 'confirmed' | 'returned';
    note: Generated<string>;
    decidedBy: string;
    decidedAt: Date;
  };
  membershipOffer: {
    id: Generated<string>;
    personId: string;
    organisationId: string;
    offeredBy: string;
    offeredAt: Date;
    expiresAt: Date;
    answer: 'accepted' | 'declined' | 'withdrawn' | null;
    answeredAt: Date | null;
  };
  roleProposal: {
    id: Generated<string>;
    personId: string;
    role: Role;
    authorityId: string | null;
    departmentId: string | null;
    reason: string;
    proposedBy: string;
    proposedAt: Date;
    decision: 'approved' | 'declined' | 'withdrawn' | null;
    decisionNote: Generated<string>;
    decidedBy: string | null;
    decidedAt: Date | null;
  };
  personalDataRequest: {
    id: string;
    personId: string;
    kind: 'correction' | 'erasure';
    sealedText: string;
    sealedName: string | null;
    askedAt: Date;
    decision: 'done' | 'refused' | null;
    answer: Generated<string>;
    decidedBy: string | null;
    decidedAt: Date | null;
  };
  session: {
    id: Generated<string>;
    tokenHash: Buffer;
    personId: string;
    createdAt: Date;
    lastSeenAt: Date;
    expiresAt: Date;
    address: string;
    userAgent: string;
  };
  secondFactor: {
    personId: string;
    sealedSecret: string;
    lastStep: Generated<number>;
    startedAt: Date;
    confirmedAt: Date | null;
  };
  recoveryCode: { personId: string; position: number; codeHash: string; usedAt: Date | null };
  halfSession: { tokenHash: Buffer; personId: string; createdAt: Date; expiresAt: Date };
  spentProof: { challenge: string; expiresAt: Date };
  accountLink: {
    tokenHash: Buffer;
    personId: string;
    purpose: 'invitation' | 'reset';
    madeBy: string | null;
    madeAt: Date;
    expiresAt: Date;
    usedAt: Date | null;
    withdrawnAt: Date | null;
  };
  linkedIdentity: {
    id: Generated<string>;
    personId: string;
    issuer: string;
    subject: string;
    linkedAt: Date;
    lastUsedAt: Date | null;
  };
  singleSignOnAttempt: {
    tokenHash: Buffer;
    state: string;
    nonce: string;
    codeVerifier: string;
    sessionId: string | null;
    expiresAt: Date;
  };
  signInAttempt: { id: Generated<number>; login: string; address: string; at: Date; succeeded: boolean };
  callVersion: { checksum: string; callKey: string; compiled: Json<JsonObject>; publishedAt: Date };
  round: {
    id: Generated<string>;
    callKey: string;
    authorityId: string;
    checksum: string;
    mode: 'live' | 'rehearsal';
    shiftMs: Generated<number>;
    readings: DefaultJson<Record<string, string>>;
    openedAt: Date;
    closedAt: Date | null;
  };
  application: {
    id: Generated<string>;
    number: string;
    roundId: string;
    filledUnder: string;
    submittedUnder: string | null;
    organisationId: string;
    departmentId: string;
    applicantId: string;
    state: State;
    title: Generated<string>;
    topic: string | null;
    versionCode: string | null;
    submittedAt: Date | null;
    createdAt: Date;
    updatedAt: Date;
    returnedByDepartmentAt: Date | null;
    findingKinds: Generated<FindingKind[]>;
  };
  quotaCounter: {
    roundId: string;
    quota: string;
    holder: string;
    granted: number;
    adjusted: Generated<number>;
    taken: Generated<number>;
  };
  quotaPlace: {
    applicationId: string;
    roundId: string;
    quota: string;
    holder: string;
    countsAt: 'recommend' | 'submit';
    platformId: string | null;
    platformName: string | null;
    takenAt: Date;
  };
  quotaAdjustment: {
    id: Generated<string>;
    roundId: string;
    quota: string;
    holder: string;
    change: number;
    reason: string;
    adjustedBy: string;
    adjustedAt: Date;
  };
  extension: {
    id: Generated<string>;
    roundId: string;
    stage: string;
    until: Date;
    forWhom: 'all' | 'begun' | 'department' | 'organisation' | 'application';
    begunBy: Date | null;
    departmentId: string | null;
    organisationId: string | null;
    applicationId: string | null;
    reason: string;
    proposedBy: string;
    proposedAt: Date;
    decision: 'approved' | 'declined' | null;
    decisionNote: string | null;
    decidedBy: string | null;
    decidedAt: Date | null;
  };
  topicInvitation: {
    roundId: string;
    topic: string;
    uscc: string;
    name: string;
    invitedBy: string;
    invitedAt: Date;
  };
  sealPrint: {
    sourceSha256: string;
    applicationId: string;
    ordinal: number;
    pages: number;
    places: Json<SealPlaceOfPrint[]>;
    sealedSha256: string | null;
    madeAt: Date;
    voidedAt: Date | null;
    voidReason: string | null;
    heldUntil: Date | null;
    retryAt: Date | null;
    attempts: Generated<number>;
  };
  sealOrder: {
    id: Generated<string>;
    sourceSha256: string;
    applicationId: string;
    kind: SealOrderKind;
    state: Generated<'requested' | 'sealed' | 'failed'>;
    place: Json<SealPlaceOfPrint> | null;
    orderedBy: string;
    orderedAt: Date;
    resultSha256: string | null;
    settledAt: Date | null;
    signer: string | null;
    issuer: string | null;
    notAfter: Date | null;
    stampedAt: Date | null;
    stampedBy: string | null;
    problem: Json<ShownProblem> | null;
  };
  sealCertificate: {
    organisationId: string;
    mode: 'live' | 'rehearsal';
    kind: SealKind;
    algorithm: SealAlgorithm;
    holder: string;
    issuer: string;
    notBefore: Date;
    notAfter: Date;
    problem: Json<ShownProblem> | null;
    seenAt: Date;
  };
  applicationSection: {
    applicationId: string;
    section: string;
    revision: number;
    data: Json<JsonObject>;
    saveId: string;
    savedBy: string;
    savedAt: Date;
  };
  applicationSectionHistory: {
    applicationId: string;
    section: string;
    revision: number;
    data: Json<JsonObject>;
    saveId: string;
    savedBy: string;
    savedAt: Date;
  };
  coEditor: {
    id: Generated<string>;
    applicationId: string;
    personId: string;
    grantedBy: string;
    grantedAt: Date;
    endedAt: Date | null;
  };
  sectionPresence: { applicationId: string; personId: string; windowId: string; section: string; seenAt: Date };
  storedFile: { sha256: string; bytes: number; storedAt: Date };
  attachment: {
    id: Generated<string>;
    applicationId: string;
    material: string;
    rowId: string | null;
    fileName: string;
    mediaType: string;
    bytes: number;
    pages: number | null;
    sha256: string;
    facts: DefaultJson<JsonObject>;
    inspection: DefaultJson<JsonObject>;
    storedBy: string;
    storedAt: Date;
    removedAt: Date | null;
    removedBy: string | null;
    restores: string | null;
  };
  upload: {
    id: string;
    applicationId: string;
    material: string;
    rowId: string | null;
    fileName: string;
    bytes: number;
    sha256: string | null;
    createdBy: string;
    createdAt: Date;
    expiresAt: Date;
    filledAt: Date | null;
    attachmentId: string | null;
  };
  snapshot: {
    id: Generated<string>;
    applicationId: string;
    ordinal: number;
    content: string;
    hash: string;
    versionCode: string;
    takenBy: string;
    takenAt: Date;
    contentKey: string | null;
  };
  reviewerAssignment: {
    applicationId: string;
    step: 'organisation' | 'department' | 'admission';
    personId: string;
    assignedBy: string;
    assignedAt: Date;
  };
  reviewOpinion: {
    applicationId: string;
    step: 'organisation' | 'department';
    text: string;
    writtenBy: string;
    writtenAt: Date;
  };
  reviewNote: {
    id: Generated<string>;
    applicationId: string;
    step: 'organisation' | 'department' | 'admission';
    text: string;
    writtenBy: string;
    writtenAt: Date;
  };
  fieldMark: {
    id: Generated<string>;
    applicationId: string;
    step: 'organisation' | 'department';
    path: string;
    remark: string;
    /** The section's revision when the mark was made; absent for a material. */
    revision: number | null;
    markedBy: string;
    markedAt: Date;
    sentAt: Date | null;
  };
  savedView: {
    id: Generated<string>;
    personId: string;
    queue: string;
    name: string;
    filters: Json<Record<string, string>>;
    savedAt: Date;
  };
  lockedChange: {
    id: Generated<string>;
    applicationId: string;
    field: 'title' | 'organisation' | 'principalInvestigator';
    before: string;
    after: string;
    reason: string;
    proposedBy: string;
    proposedAt: Date;
    decision: 'approved' | 'declined' | null;
    decisionNote: string | null;
    decidedBy: string | null;
    decidedAt: Date | null;
  };
  spotCheck: {
    id: Generated<string>;
    roundId: string;
    percent: number;
    secret: string;
    secretHash: string;
    publicSource: string;
    announcedBy: string;
    announcedAt: Date;
    publicValue: string | null;
    population: NullableJson<string[]>;
    populationHash: string | null;
    drawn: NullableJson<string[]>;
    drawnBy: string | null;
    drawnAt: Date | null;
  };
  checklistAnswer: {
    applicationId: string;
    step: 'organisation' | 'department' | 'admission';
    item: string;
    answer: 'yes' | 'no' | 'not_applicable';
    note: Generated<string>;
    answeredBy: string;
    answeredAt: Date;
  };
  recommendationList: {
    id: Generated<string>;
    roundId: string;
    departmentId: string;
    ordinal: number;
    code: string;
    content: Json<JsonObject>;
    hash: string;
    exportedBy: string;
    exportedAt: Date;
    voidedAt: Date | null;
    voidReason: string | null;
    sealedScan: string | null;
    sealedScanName: string | null;
    letter: string | null;
    letterName: string | null;
    deliveredAt: Date | null;
    sealedScanReading: ColumnType<JsonObject | null, string | undefined, string>;
  };
  listDecision: { applicationId: string; columnKey: string; text: string; decidedBy: string; decidedAt: Date };
  departmentPledge: {
    id: Generated<string>;
    roundId: string;
    departmentId: string;
    code: string;
    content: Json<JsonObject>;
    hash: string;
    madeBy: string;
    madeAt: Date;
    scan: string | null;
    scanName: string | null;
    scanBy: string | null;
    scanAt: Date | null;
  };
  recommendationListEntry: { listId: string; applicationId: string; versionCode: string };
  projectRecord: {
    id: Generated<string>;
    authorityId: string;
    source: string;
    asOf: CalendarDate;
    personId: string | null;
    uscc: string | null;
    content: Json<JsonObject>;
  };
  misconductRecord: {
    id: Generated<string>;
    authorityId: string;
    source: string;
    asOf: CalendarDate;
    subjectId: string;
    content: Json<JsonObject>;
  };
  platformRecord: {
    id: Generated<string>;
    authorityId: string;
    source: string;
    asOf: CalendarDate;
    uscc: string;
    content: Json<JsonObject>;
    /** Confirmed here by a department; not of the imported register. */
    hostedPlatformId: string | null;
  };
  generalLimitRecord: {
    id: Generated<string>;
    authorityId: string;
    source: string;
    asOf: CalendarDate;
    /** Blind index of an identity number, or a credit code's; null holds for everybody. */
    subjectId: string | null;
    content: Json<JsonObject>;
  };
  registerState: {
    authorityId: string;
    register: string;
    name: string;
    asOf: CalendarDate;
    status: Generated<'ok' | 'down'>;
  };
  event: {
    id: Generated<number>;
    at: Date;
    personId: string | null;
    role: string | null;
    action: string;
    outcome: 'done' | 'refused';
    subjectKind: string;
    subjectId: string;
    applicationId: string | null;
    detail: DefaultJson<JsonObject>;
    address: string | null;
    requestId: string | null;
    previousHash: string;
    hash: string;
  };
  noticeCause: {
    eventId: number;
    queuedAt: Date;
    notBefore: Date;
    attempts: Generated<number>;
    problem: string | null;
  };
  notice: {
    id: Generated<string>;
    personId: string;
    key: string;
    kind: NoticeKind;
    title: string;
    facts: Json<{ label: string; value: string }[]>;
    toDo: Generated<string>;
    link: string;
    rehearsal: boolean;
    shown: boolean;
    authorityId: string | null;
    roundId: string | null;
    organisationId: string | null;
    departmentId: string | null;
    applicationId: string | null;
    madeAt: Date;
    uselessFrom: Date | null;
    readAt: Date | null;
  };
  noticeMark: { roundId: string; mark: string; passedAt: Date };
  noticeAddress: {
    id: Generated<string>;
    personId: string;
    channel: 'mail' | 'sms';
    address: string;
    givenAt: Date;
    confirmedAt: Date | null;
    problem: string | null;
  };
  noticePreference: {
    personId: string;
    kind: NoticeKind;
    channel: 'system' | 'mail' | 'sms';
    mode: NoticeMode;
  };
  noticeQuiet: { personId: string; fromMinute: number; toMinute: number };
  noticeMessage: {
    id: Generated<string>;
    personId: string;
    channel: 'mail' | 'sms';
    purpose: 'notice' | 'digest' | 'confirm';
    noticeId: string | null;
    addressId: string | null;
    digestDay: CalendarDate | null;
    digestId: string | null;
    state: 'gathering' | 'gathered' | 'queued' | 'sending' | 'sent' | 'failed' | 'dropped';
    madeAt: Date;
    notBefore: Date;
    attempts: Generated<number>;
    claimedUntil: Date | null;
    unsure: Generated<boolean>;
    problem: string | null;
    sentAt: Date | null;
  };
  paperDelivery: {
    id: Generated<string>;
    roundId: string;
    paper: string;
    applicationId: string | null;
    listId: string | null;
    copies: number;
    versionCode: string;
    by: 'applicant' | 'organisation' | 'recommendingDepartment';
    broughtBy: string;
    receivedAt: Date;
    outcome: 'accepted' | 'incomplete' | 'late' | 'refused';
    told: string;
    statement: string;
    hash: string;
    registeredBy: string;
    registeredAt: Date;
    voidedAt: Date | null;
    voidedBy: string | null;
    voidReason: string | null;
  };
  paperStart: {
    applicationId: string;
    paper: string;
    startedOn: CalendarDate;
    registeredBy: string;
    registeredAt: Date;
  };
  logRoot: {
    ordinal: number;
    firstEvent: number;
    lastEvent: number;
    madeAt: Date;
    statement: string;
    hash: string;
    signature: string;
    leaves: Buffer;
  };
  logForgotten: { eventId: number; hash: string; forgottenAt: Date };
  logStamp: { root: number; authority: string; stampedAt: Date; token: Buffer };
  dataKey: {
    id: Generated<number>;
    purpose: 'seal' | 'index';
    master: string;
    wrapped: string;
    createdAt: Generated<Date>;
    usableFrom: Generated<Date>;
  };
};
