-- Paper: what was brought to the desk, taken or not, and from which day a period runs.

create table paper_delivery (
  id uuid primary key default gen_random_uuid(),
  round_id uuid not null references round on delete cascade,
  paper text not null,
  application_id uuid references application on delete cascade,
  list_id uuid references recommendation_list on delete cascade,
  copies integer not null check (copies between 1 and 1000),
  -- The code that stands on the paper.
  version_code text not null,
  by text not null check (by in ('applicant', 'organisation', 'recommendingDepartment')),
  brought_by text not null,
  received_at timestamptz not null,
  outcome text not null check (outcome in ('accepted', 'incomplete', 'late', 'refused')),
  told text not null,
  -- The receipt's statement is found by the code printed on it.
  statement text not null,
  hash text not null unique,
  registered_by uuid not null references person,
  registered_at timestamptz not null,
  voided_at timestamptz,
  voided_by uuid references person,
  void_reason text,
  check ((application_id is null) <> (list_id is null)),
  check ((voided_at is null) = (void_reason is null))
);
create index paper_delivery_round on paper_delivery (round_id, paper);
create index paper_delivery_application on paper_delivery (application_id);
create index paper_delivery_list on paper_delivery (list_id);

-- The day from which working days are counted for one application.
create table paper_start (
  application_id uuid not null references application on delete cascade,
  paper text not null,
  started_on date not null,
  registered_by uuid not null references person,
  registered_at timestamptz not null,
  primary key (application_id, paper)
);
