-- What a department decides about an application for a column of its list.
create table list_decision (
  application_id uuid not null references application on delete cascade,
  column_key text not null,
  text text not null check (text <> ''),
  decided_by uuid not null references person,
  decided_at timestamptz not null,
  primary key (application_id, column_key)
);

-- How the list's own code was found on the scan, and on how many of its pages.
alter table recommendation_list add sealed_scan_reading jsonb;

-- The department's own pledge: printed once, uploaded signed and sealed.
create table department_pledge (
  id uuid primary key default gen_random_uuid(),
  round_id uuid not null references round on delete cascade,
  department_id uuid not null references department,
  code text not null unique,
  content jsonb not null,
  hash text not null,
  made_by uuid not null references person,
  made_at timestamptz not null,
  scan text references stored_file,
  scan_name text,
  scan_by uuid references person,
  scan_at timestamptz,
  unique (round_id, department_id)
);
