-- Who may write an application beside its applicant; the right ends and is never erased.
create table co_editor (
  id uuid primary key default gen_random_uuid(),
  application_id uuid not null references application on delete cascade,
  person_id uuid not null references person,
  granted_by uuid not null references person,
  granted_at timestamptz not null,
  ended_at timestamptz
);
create unique index one_right_a_co_editor on co_editor (application_id, person_id) where ended_at is null;
create index co_editor_person on co_editor (person_id) where ended_at is null;

-- Which window is in which section, told every 30 s. It is worth nothing a minute later, so it is not written ahead and may be lost.
create unlogged table section_presence (
  application_id uuid not null references application on delete cascade,
  person_id uuid not null references person,
  window_id uuid not null,
  section text not null,
  seen_at timestamptz not null,
  primary key (application_id, window_id)
);
