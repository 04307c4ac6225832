-- People: profile and its confirmation, invitations to a further organisation, corrections, powerful roles by two, shared limits.

-- How often something was asked with one key (an address, an account) since `since`. Losing it in a crash costs nothing.
create unlogged table rate_count (
  name text not null,
  key text not null,
  since timestamptz not null,
  calls integer not null,
  over_at timestamptz not null,
  primary key (name, key)
);

-- What somebody says of himself. Numbers in `data` are sealed for the person; the indexes find them without being read.
create table person_profile (
  person_id uuid primary key references person,
  revision integer not null,
  data jsonb not null,
  id_number text,
  phone text,
  saved_at timestamptz not null
);
create unique index one_account_an_identity_number on person_profile (id_number);
create index person_profile_phone on person_profile (phone);

-- The organisation confirms one revision; a later one needs a new confirmation.
create table profile_confirmation (
  person_id uuid not null references person,
  organisation_id uuid not null references organisation,
  revision integer not null,
  decision text not null check (decision in ('confirmed', 'returned')),
  note text not null default '',
  decided_by uuid not null references person,
  decided_at timestamptz not null,
  primary key (person_id, organisation_id, revision)
);
create index profile_confirmation_organisation on profile_confirmation (organisation_id);

-- Somebody who has an account is asked to join a further organisation: never a second account.
create table membership_offer (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references person,
  organisation_id uuid not null references organisation,
  offered_by uuid not null references person,
  offered_at timestamptz not null,
  expires_at timestamptz not null,
  answer text check (answer in ('accepted', 'declined', 'withdrawn')),
  answered_at timestamptz
);
create unique index one_open_membership_offer on membership_offer (person_id, organisation_id) where answer is null;
create index membership_offer_organisation on membership_offer (organisation_id);

-- A powerful role is proposed by one and approved by another.
create table role_proposal (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references person,
  role text not null,
  authority_id text references authority,
  department_id uuid references department,
  reason text not null,
  proposed_by uuid not null references person,
  proposed_at timestamptz not null,
  decision text check (decision in ('approved', 'declined', 'withdrawn')),
  decision_note text not null default '',
  decided_by uuid references person,
  decided_at timestamptz,
  check ((decision is null) = (decided_at is null)),
  check (decision is distinct from 'approved' or (decided_by <> proposed_by and decided_by <> person_id))
);
create unique index one_open_role_proposal on role_proposal
  (person_id, role, coalesce(authority_id, ''), coalesce(department_id::text, '')) where decision is null;
create index role_proposal_authority on role_proposal (authority_id);

alter table role_grant add column end_reason text;
alter table role_grant add column ended_by uuid references person;
-- Somebody may have several roles, but not the same one twice in one place.
create unique index one_grant_of_a_kind on role_grant
  (person_id, role, coalesce(authority_id, ''), coalesce(department_id::text, ''), coalesce(organisation_id::text, ''))
  where ended_at is null;

-- 个人信息保护法 第四十六、四十七条: what is wrong is put right, what is no longer needed is deleted, on demand.
create table personal_data_request (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references person,
  kind text not null check (kind in ('correction', 'erasure')),
  sealed_text text not null,
  sealed_name text,
  asked_at timestamptz not null,
  decision text check (decision in ('done', 'refused')),
  answer text not null default '',
  decided_by uuid references person,
  decided_at timestamptz
);
create unique index one_open_personal_data_request on personal_data_request (person_id, kind) where decision is null;

-- When personal data were taken out of a closed account; the row stays, because the log and the archive point to it.
alter table person add column erased_at timestamptz;
