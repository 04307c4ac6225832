-- A department or an organisation may have what was reviewed first signed off by a second person.
alter table department add final_sign_off boolean not null default false;
alter table organisation add final_sign_off boolean not null default false;

-- What the rules found when the application last took a step: 'person', 'explained', 'against', 'unknown'; for the reviewers' lists.
alter table application add finding_kinds text[] not null default '{}';
create index application_department_updated on application (department_id, updated_at desc);

-- The science department's formal review has a checklist, too.
alter table checklist_answer drop constraint checklist_answer_step_check;
alter table checklist_answer add constraint checklist_answer_step_check
  check (step in ('organisation', 'department', 'admission'));

create table reviewer_assignment (
  application_id uuid not null references application on delete cascade,
  step text not null check (step in ('organisation', 'department', 'admission')),
  person_id uuid not null references person,
  assigned_by uuid not null references person,
  assigned_at timestamptz not null,
  primary key (application_id, step)
);
create index reviewer_assignment_person on reviewer_assignment (person_id);

-- The formal opinion of a step, which is printed.
create table review_opinion (
  application_id uuid not null references application on delete cascade,
  step text not null check (step in ('organisation', 'department')),
  text text not null,
  written_by uuid not null references person,
  written_at timestamptz not null,
  primary key (application_id, step)
);

-- What the reviewers of a step tell each other; never shown to those who are judged, never printed.
create table review_note (
  id uuid primary key default gen_random_uuid(),
  application_id uuid not null references application on delete cascade,
  step text not null check (step in ('organisation', 'department', 'admission')),
  text text not null,
  written_by uuid not null references person,
  written_at timestamptz not null
);
create index review_note_application on review_note (application_id);

-- Places in the form, or materials, that a reviewer wants changed. The applicant sees them once the application was returned.
-- `revision` is the section's at the time of the mark: whether the place has changed since is told by comparing the two.
create table field_mark (
  id uuid primary key default gen_random_uuid(),
  application_id uuid not null references application on delete cascade,
  step text not null check (step in ('organisation', 'department')),
  path text not null,
  remark text not null,
  revision integer,
  marked_by uuid not null references person,
  marked_at timestamptz not null,
  sent_at timestamptz
);
create unique index one_open_mark_a_place on field_mark (application_id, step, path) where sent_at is null;
create index field_mark_application on field_mark (application_id);

-- A person's own choice of filters for a list.
create table saved_view (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references person on delete cascade,
  queue text not null,
  name text not null,
  filters jsonb not null,
  saved_at timestamptz not null,
  unique (person_id, queue, name)
);

-- What is locked by the admission, changed with two persons' consent.
create table locked_change (
  id uuid primary key default gen_random_uuid(),
  application_id uuid not null references application on delete cascade,
  field text not null check (field in ('title', 'organisation', 'principalInvestigator')),
  before text not null,
  after text not null,
  reason text not null,
  proposed_by uuid not null references person,
  proposed_at timestamptz not null,
  decision text check (decision in ('approved', 'declined')),
  decision_note text,
  decided_by uuid references person,
  decided_at timestamptz,
  check ((decision is null) = (decided_by is null) and (decision is null) = (decided_at is null)),
  constraint changed_by_a_second_person check (decided_by <> proposed_by)
);
create index locked_change_application on locked_change (application_id);
create unique index one_open_change_a_field on locked_change (application_id, field) where decision is null;

-- A sample for spot checks. The hash of the secret is published before the draw; the secret afterwards, with what was drawn.
create table spot_check (
  id uuid primary key default gen_random_uuid(),
  round_id uuid not null references round on delete cascade,
  percent integer not null check (percent between 1 and 100),
  secret text not null,
  secret_hash text not null,
  public_source text not null,
  announced_by uuid not null references person,
  announced_at timestamptz not null,
  public_value text,
  population jsonb,
  population_hash text,
  drawn jsonb,
  drawn_by uuid references person,
  drawn_at timestamptz,
  check ((drawn_at is null) = (drawn is null))
);
create index spot_check_round on spot_check (round_id);
