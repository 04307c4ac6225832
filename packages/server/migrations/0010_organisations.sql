-- Organisations: what routing reads, documents, changes that are reviewed before they hold, history, hosted platforms, deputies.

-- What is not known is null, never taken for a no.
alter table organisation
  add affiliation text check (affiliation in ('local', 'regional', 'central', 'none')),
  add university_level text check (university_level in ('ministry', 'provincial', 'otherUndergraduate', 'vocational')),
  add first_level_budget boolean,
  add supervisor_id uuid references department,
  add zone_id uuid references department;

-- An organisation that recommends its own projects is its own recommending department.
alter table department add organisation_id uuid unique references organisation;

-- What held since when, and who approved it: a row for each approval, never changed. The last one holds.
create table organisation_version (
  organisation_id uuid not null references organisation,
  ordinal integer not null,
  content jsonb not null,
  department_id uuid not null references department,
  note text,
  approved_by uuid references person,
  holds_from timestamptz not null,
  primary key (organisation_id, ordinal)
);
create trigger organisation_version_is_frozen before update on organisation_version
  for each row execute function refuse_change();

-- Before this migration an approval left only its result.
insert into organisation_version (organisation_id, ordinal, content, department_id, note, approved_by, holds_from)
select id, 1, jsonb_build_object('uscc', uscc, 'name', name, 'kind', kind, 'legalPerson', legal_person,
    'registeredOn', registered_on::text, 'division', division, 'address', address, 'legalRepresentative', legal_representative),
  department_id, review_note, reviewed_by, coalesce(reviewed_at, created_at)
from organisation where state = 'approved';

-- A change waits until the department has approved it; `before` is what held when it was asked for.
create table organisation_change (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null references organisation,
  department_id uuid not null references department,
  before jsonb not null,
  after jsonb not null,
  reason text not null,
  requested_by uuid not null references person,
  requested_at timestamptz not null,
  decision text check (decision in ('approved', 'declined', 'withdrawn')),
  decision_note text,
  decided_by uuid references person,
  decided_at timestamptz,
  check ((decision is null) = (decided_at is null))
);
create unique index one_open_change on organisation_change (organisation_id) where decision is null;
create index organisation_change_department on organisation_change (department_id) where decision is null;

-- Platforms that the organisation hosts; a confirmed one stands in the register that bonus places look at.
create table hosted_platform (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null references organisation,
  department_id uuid not null references department,
  kind text not null,
  name text not null,
  number text not null default '',
  confirmed_by_authority text not null,
  confirmed_on date not null,
  ongoing_cooperation boolean not null,
  requested_by uuid not null references person,
  requested_at timestamptz not null,
  decision text check (decision in ('confirmed', 'declined', 'withdrawn')),
  decision_note text,
  decided_by uuid references person,
  decided_at timestamptz,
  check ((decision is null) = (decided_at is null))
);
create unique index one_platform_of_a_name on hosted_platform (organisation_id, kind, name)
  where decision is null or decision = 'confirmed';
create index hosted_platform_department on hosted_platform (department_id) where decision is null;

-- An import of the register replaces its own rows; what departments confirmed here stays.
alter table platform_record add hosted_platform_id uuid unique references hosted_platform;

-- Papers of an organisation: those of the registration come before there is an organisation, and go away when none follows.
create table organisation_document (
  id uuid primary key default gen_random_uuid(),
  authority_id text not null references authority,
  organisation_id uuid references organisation,
  change_id uuid references organisation_change,
  platform_id uuid references hosted_platform,
  kind text not null check (kind in ('licence', 'representativeLetter', 'changeProof', 'platformProof')),
  file_name text not null,
  media_type text not null,
  bytes bigint not null,
  pages integer,
  sha256 text not null,
  inspection jsonb not null,
  stored_by uuid references person,
  stored_at timestamptz not null,
  replaced_at timestamptz
);
create index organisation_document_organisation on organisation_document (organisation_id);
create index organisation_document_unclaimed on organisation_document (stored_at) where organisation_id is null;

-- A deputy has the administrator's grant until an instant; it then ends by itself.
alter table role_grant add deputy_until timestamptz;
drop index one_administrator_an_organisation;
create unique index one_administrator_an_organisation on role_grant (organisation_id)
  where role = 'organisationAdministrator' and ended_at is null and deputy_until is null;

-- What somebody may act as. Who administers an organisation that recommends its own projects recommends them.
create view acting_grant as
select person_id, role, authority_id, department_id, organisation_id, granted_at, deputy_until
from role_grant where ended_at is null
union all
select g.person_id, 'recommendingDepartment', d.authority_id, d.id, null::uuid, g.granted_at, g.deputy_until
from role_grant g join department d on d.organisation_id = g.organisation_id
where g.role = 'organisationAdministrator' and g.ended_at is null;
