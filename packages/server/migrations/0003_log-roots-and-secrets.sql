-- Roots over the log, time-stamps over the roots; data keys for personal data.

-- A root stands for the events first_event..last_event by the hashes of all of them (32 bytes each, in the order of their ids) and for
-- the root before it. `statement` is the canonical text that is signed and time-stamped.
create table log_root (
  ordinal bigint primary key,
  first_event bigint not null,
  last_event bigint not null,
  made_at timestamptz not null,
  statement text not null,
  hash text not null unique,
  signature text not null,
  leaves bytea not null
);

-- RFC 3161. Apart from the root, so that a root is made even while the authority does not answer.
create table log_stamp (
  root bigint primary key references log_root,
  authority text not null,
  stamped_at timestamptz not null,
  token bytea not null
);

create trigger log_root_is_frozen before update or delete on log_root for each row execute function refuse_change();
create trigger log_stamp_is_frozen before update or delete on log_stamp for each row execute function refuse_change();
create trigger log_root_is_never_emptied before truncate on log_root execute function refuse_change();
create trigger event_is_never_emptied before truncate on event execute function refuse_change();

create index event_at on event (at, id);
create index event_person on event (person_id, id);

-- Keys that seal values and index them blindly, wrapped by the master key, which is never in the database.
create table data_key (
  id integer primary key generated always as identity,
  purpose text not null check (purpose in ('seal', 'index')),
  master text not null,
  wrapped text not null,
  created_at timestamptz not null default now(),
  usable_from timestamptz not null default now()
);

-- The content of a snapshot is sealed under a key of its own, which is sealed under a data key: rotating keys changes content_key only.
alter table snapshot add column content_key text;
drop trigger snapshot_is_frozen on snapshot;
create trigger snapshot_is_frozen
  before update of id, application_id, ordinal, content, hash, version_code, taken_by, taken_at on snapshot
  for each row execute function refuse_change();

-- Both columns hold a blind index from now on.
create index application_section_person on application_section ((data -> 'idNumber' ->> 'index'))
  where section = 'principalInvestigator';
