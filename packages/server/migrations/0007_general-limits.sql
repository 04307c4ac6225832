-- Limits that hold for all programmes of an authority, with what came of checking them. A row without a subject holds for everybody.
create table general_limit_record (
  id uuid primary key default gen_random_uuid(),
  authority_id text not null references authority,
  source text not null,
  as_of date not null,
  subject_id text,
  content jsonb not null
);
create index general_limit_record_subject on general_limit_record (authority_id, subject_id);
