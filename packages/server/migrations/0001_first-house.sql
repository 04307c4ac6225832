-- The first house: authorities, departments, organisations, people, calls, applications, lists, registers, log.
-- Works on PostgreSQL 15 and later (no uuidv7, no lz4).

create table authority (
  id text primary key,
  name text not null,
  division text not null
);

create table department (
  id uuid primary key default gen_random_uuid(),
  authority_id text not null references authority,
  name text not null,
  kind text not null,
  division text,
  unique (authority_id, name)
);

create table organisation (
  id uuid primary key default gen_random_uuid(),
  authority_id text not null references authority,
  department_id uuid not null references department,
  uscc text not null,
  name text not null,
  kind text not null,
  legal_person boolean not null,
  registered_on date not null,
  division text not null,
  address text not null default '',
  legal_representative text not null,
  contact_name text not null,
  contact_phone text not null,
  state text not null default 'pending' check (state in ('pending', 'approved', 'rejected')),
  review_note text,
  reviewed_by uuid,
  reviewed_at timestamptz,
  demonstration boolean not null default false,
  created_at timestamptz not null default now(),
  unique (authority_id, uscc)
);

create table person (
  id uuid primary key default gen_random_uuid(),
  login text not null unique check (login = lower(login)),
  name text not null,
  password_hash text not null,
  must_change_password boolean not null default false,
  disabled_at timestamptz,
  demonstration boolean not null default false,
  created_at timestamptz not null default now()
);

create table role_grant (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references person,
  role text not null,
  authority_id text references authority,
  department_id uuid references department,
  organisation_id uuid references organisation,
  granted_by uuid references person,
  granted_at timestamptz not null default now(),
  ended_at timestamptz
);
create index role_grant_person on role_grant (person_id) where ended_at is null;
create unique index one_administrator_an_organisation on role_grant (organisation_id)
  where role = 'organisationAdministrator' and ended_at is null;
create unique index one_of_the_three_administrators on role_grant (person_id)
  where role in ('systemAdministrator', 'securityAdministrator', 'auditAdministrator') and ended_at is null;

create table session (
  token_hash bytea primary key,
  person_id uuid not null references person,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  address text not null,
  user_agent text not null
);
create index session_person on session (person_id);

create table sign_in_attempt (
  id bigint generated always as identity primary key,
  login text not null,
  address text not null,
  at timestamptz not null,
  succeeded boolean not null
);
create index sign_in_attempt_login on sign_in_attempt (login, at);
create index sign_in_attempt_address on sign_in_attempt (address, at);

-- A published version never changes; it is known by the checksum of its canonical JSON.
create table call_version (
  checksum text primary key,
  call_key text not null,
  compiled jsonb not null,
  published_at timestamptz not null
);

-- A round is a call being run: live, or in rehearsal with its windows shifted. Its data belong to it alone.
create table round (
  id uuid primary key default gen_random_uuid(),
  call_key text not null,
  authority_id text not null references authority,
  checksum text not null references call_version,
  mode text not null check (mode in ('live', 'rehearsal')),
  shift_ms bigint not null default 0,
  readings jsonb not null default '{}',
  opened_at timestamptz not null,
  closed_at timestamptz,
  check (mode = 'rehearsal' or shift_ms = 0)
);
create unique index one_live_round on round (call_key) where mode = 'live';
create unique index one_rehearsal_round on round (call_key) where mode = 'rehearsal';

create table application (
  id uuid primary key default gen_random_uuid(),
  number text not null unique,
  round_id uuid not null references round on delete cascade,
  filled_under text not null references call_version,
  submitted_under text references call_version,
  organisation_id uuid not null references organisation,
  department_id uuid not null references department,
  applicant_id uuid not null references person,
  state text not null,
  title text not null default '',
  topic text,
  version_code text,
  submitted_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index application_round on application (round_id, state);
create index application_organisation on application (organisation_id);
create index application_department on application (department_id, state);
create index application_applicant on application (applicant_id);

create table application_section (
  application_id uuid not null references application on delete cascade,
  section text not null,
  revision integer not null,
  data jsonb not null,
  save_id uuid not null,
  saved_by uuid not null references person,
  saved_at timestamptz not null,
  primary key (application_id, section)
);

create table application_section_history (
  application_id uuid not null references application on delete cascade,
  section text not null,
  revision integer not null,
  data jsonb not null,
  save_id uuid not null,
  saved_by uuid not null references person,
  saved_at timestamptz not null,
  primary key (application_id, section, revision),
  unique (application_id, section, save_id)
);

create table stored_file (
  sha256 text primary key,
  bytes bigint not null,
  stored_at timestamptz not null
);

create table attachment (
  id uuid primary key default gen_random_uuid(),
  application_id uuid not null references application on delete cascade,
  material text not null,
  row_id text,
  file_name text not null,
  media_type text not null,
  bytes bigint not null,
  pages integer,
  sha256 text not null references stored_file,
  facts jsonb not null default '{}',
  inspection jsonb not null default '{}',
  stored_by uuid not null references person,
  stored_at timestamptz not null,
  removed_at timestamptz
);
create index attachment_application on attachment (application_id) where removed_at is null;

create table snapshot (
  id uuid primary key default gen_random_uuid(),
  application_id uuid not null references application on delete cascade,
  ordinal integer not null,
  content text not null,
  hash text not null,
  version_code text not null,
  taken_by uuid not null references person,
  taken_at timestamptz not null,
  unique (application_id, ordinal)
);
create index snapshot_version_code on snapshot (version_code);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% rows never change', tg_table_name;
end $$;
create trigger snapshot_is_frozen before update on snapshot for each row execute function refuse_change();
create trigger call_version_is_frozen before update on call_version for each row execute function refuse_change();

create table checklist_answer (
  application_id uuid not null references application on delete cascade,
  step text not null check (step in ('organisation', 'department')),
  item text not null,
  answer text not null check (answer in ('yes', 'no', 'not_applicable')),
  note text not null default '',
  answered_by uuid not null references person,
  answered_at timestamptz not null,
  primary key (application_id, step, item)
);

create table recommendation_list (
  id uuid primary key default gen_random_uuid(),
  round_id uuid not null references round on delete cascade,
  department_id uuid not null references department,
  ordinal integer not null,
  code text not null unique,
  content jsonb not null,
  hash text not null,
  exported_by uuid not null references person,
  exported_at timestamptz not null,
  voided_at timestamptz,
  void_reason text,
  sealed_scan text references stored_file,
  sealed_scan_name text,
  letter text references stored_file,
  letter_name text,
  delivered_at timestamptz,
  unique (round_id, department_id, ordinal)
);
create unique index one_current_list on recommendation_list (round_id, department_id) where voided_at is null;

create table recommendation_list_entry (
  list_id uuid not null references recommendation_list on delete cascade,
  application_id uuid not null references application on delete cascade,
  version_code text not null,
  primary key (list_id, application_id)
);

-- Registers the rules read. Rows come from imports; applications made here are added by the server.
create table project_record (
  id uuid primary key default gen_random_uuid(),
  authority_id text not null references authority,
  source text not null,
  as_of date not null,
  person_id text,
  uscc text,
  content jsonb not null
);
create index project_record_person on project_record (authority_id, person_id);
create index project_record_uscc on project_record (authority_id, uscc);

create table misconduct_record (
  id uuid primary key default gen_random_uuid(),
  authority_id text not null references authority,
  source text not null,
  as_of date not null,
  subject_id text not null,
  content jsonb not null
);
create index misconduct_record_subject on misconduct_record (authority_id, subject_id);

create table platform_record (
  id uuid primary key default gen_random_uuid(),
  authority_id text not null references authority,
  source text not null,
  as_of date not null,
  uscc text not null,
  content jsonb not null
);

-- When each register was last brought up to date for an authority; a register without a row is unknown to the rules.
create table register_state (
  authority_id text not null references authority,
  register text not null,
  name text not null,
  as_of date not null,
  status text not null default 'ok' check (status in ('ok', 'down')),
  primary key (authority_id, register)
);

-- Append-only. Each subject's events form a chain: hash = sha256(previous hash || canonical event).
create table event (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  person_id uuid references person,
  role text,
  action text not null,
  outcome text not null check (outcome in ('done', 'refused')),
  subject_kind text not null,
  subject_id text not null,
  application_id uuid,
  detail jsonb not null default '{}',
  address text,
  request_id text,
  previous_hash text not null,
  hash text not null
);
create index event_subject on event (subject_kind, subject_id, id);
create index event_application on event (application_id, id) where application_id is not null;
create trigger event_is_frozen before update or delete on event for each row execute function refuse_change();
