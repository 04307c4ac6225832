-- Places: a row for each quota and whoever holds it (a department, an organisation, a prefecture's pool, a platform, a topic).
-- `granted` is what the call gives, `adjusted` what the science department added or took; the constraint is what makes the last place
-- go to one.
create table quota_counter (
  round_id uuid not null references round on delete cascade,
  quota text not null,
  holder text not null,
  granted integer not null check (granted >= 0),
  adjusted integer not null default 0,
  taken integer not null default 0,
  primary key (round_id, quota, holder),
  constraint a_place_is_left check (taken between 0 and granted + adjusted)
);

-- Which place an application holds. Counting is the database's: a place that goes away for any reason is free again.
create table quota_place (
  application_id uuid not null references application on delete cascade,
  round_id uuid not null,
  quota text not null,
  holder text not null,
  counts_at text not null check (counts_at in ('recommend', 'submit')),
  -- The confirmed platform on which a bonus place rests.
  platform_id text,
  platform_name text,
  taken_at timestamptz not null,
  primary key (application_id, quota),
  foreign key (round_id, quota, holder) references quota_counter on delete cascade
);
create index quota_place_counter on quota_place (round_id, quota, holder);

create function count_places() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    update quota_counter set taken = taken + 1
      where round_id = new.round_id and quota = new.quota and holder = new.holder;
  else
    update quota_counter set taken = taken - 1
      where round_id = old.round_id and quota = old.quota and holder = old.holder;
  end if;
  return null;
end $$;
create trigger quota_place_counts after insert or delete on quota_place for each row execute function count_places();
create trigger quota_place_is_frozen before update on quota_place for each row execute function refuse_change();

create table quota_adjustment (
  id uuid primary key default gen_random_uuid(),
  round_id uuid not null,
  quota text not null,
  holder text not null,
  change integer not null check (change <> 0),
  reason text not null,
  adjusted_by uuid not null references person,
  adjusted_at timestamptz not null,
  foreign key (round_id, quota, holder) references quota_counter on delete cascade
);

-- When a department last sent it back: what was returned may, under some readings, be sent again for longer.
alter table application add returned_by_department_at timestamptz;

-- More time for one stage, proposed by one person and approved by another.
create table extension (
  id uuid primary key default gen_random_uuid(),
  round_id uuid not null references round on delete cascade,
  stage text not null,
  until timestamptz not null,
  for_whom text not null check (for_whom in ('all', 'begun', 'department', 'organisation', 'application')),
  begun_by timestamptz,
  department_id uuid references department,
  organisation_id uuid references organisation,
  application_id uuid references application on delete cascade,
  reason text not null,
  proposed_by uuid not null references person,
  proposed_at timestamptz not null,
  decision text check (decision in ('approved', 'declined')),
  decision_note text,
  decided_by uuid references person,
  decided_at timestamptz,
  check ((for_whom = 'begun') = (begun_by is not null)),
  check ((for_whom = 'department') = (department_id is not null)),
  check ((for_whom = 'organisation') = (organisation_id is not null)),
  check ((for_whom = 'application') = (application_id is not null)),
  check ((decision is null) = (decided_by is null) and (decision is null) = (decided_at is null)),
  constraint decided_by_a_second_person check (decided_by <> proposed_by)
);
create index extension_round on extension (round_id);

-- Organisations that the science department asks to apply for a topic that is not open to all; known by credit code, so that one may be
-- invited before it has registered.
create table topic_invitation (
  round_id uuid not null references round on delete cascade,
  topic text not null,
  uscc text not null,
  name text not null,
  invited_by uuid not null references person,
  invited_at timestamptz not null,
  primary key (round_id, topic, uscc)
);

-- The code on a printed proof stands for the first 80 bits of the refused attempt's place in the log.
create index event_refusal_code on event (left(hash, 20)) where outcome = 'refused';
