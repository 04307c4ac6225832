-- Several authorities in one installation: the database itself shows nobody another authority's rows, whatever a query asks for.
-- Whose rows are shown stands in the setting keshen.authorities, one name a line; * is all, nothing is none.
alter table authority add constraint authority_is_a_name check (id <> '*' and id !~ E'\n' and id <> '');

create function reached_authorities() returns text[] language sql stable as
  $$ select string_to_array(coalesce(current_setting('keshen.authorities', true), ''), E'\n') $$;
create function reaches_everything() returns boolean language sql stable as
  $$ select coalesce(current_setting('keshen.authorities', true), '') = '*' $$;

-- The log is one for all: chains go over whatever happened to a person in any authority, numbers are given out once.
create function last_event_hash(kind text, id text) returns text language plpgsql as $$
declare
  reach constant text := coalesce(current_setting('keshen.authorities', true), '');
  found_hash text;
begin
  perform set_config('keshen.authorities', '*', true);
  select e.hash into found_hash from event e
    where e.subject_kind = kind and e.subject_id = last_event_hash.id order by e.id desc limit 1;
  perform set_config('keshen.authorities', reach, true);
  return found_hash;
end $$;
create function last_application_number(series text) returns text language plpgsql as $$
declare
  reach constant text := coalesce(current_setting('keshen.authorities', true), '');
  last_number text;
begin
  perform set_config('keshen.authorities', '*', true);
  select max(number) into last_number from application where number like series || '-%';
  perform set_config('keshen.authorities', reach, true);
  return last_number;
end $$;

alter table event enable row level security;
alter table event force row level security;
create policy written_by_all on event for insert with check (true);
create policy own_authority on event for select using (
  (select reaches_everything()) or exists (select from application a where a.id = event.application_id)
);
create policy forgotten_by_the_house on event for delete using ((select reaches_everything()));

-- The three administrators belong to the installation, so their grants name no authority.
alter table role_grant enable row level security;
alter table role_grant force row level security;
create policy own_authority on role_grant using (
  (select reaches_everything()) or authority_id is null or authority_id = any ((select reached_authorities())::text[])
);

-- Walls off one table by the column that leads to its authority; says whether there is one. A row whose column is empty belongs to no
-- authority and is shown to the house alone.
create function wall_off(walled regclass) returns boolean language plpgsql as $$
declare
  led_by text;
  parent text;
  parent_key text;
  condition text;
begin
  select a.attname, names.parent, 'id' into led_by, parent, parent_key
    from (values
      ('authority_id', 'authority', 1), ('round_id', 'round', 2), ('application_id', 'application', 3),
      ('list_id', 'recommendation_list', 4), ('organisation_id', 'organisation', 5), ('department_id', 'department', 6)
    ) as names (name, parent, rank)
    join pg_attribute a on a.attrelid = walled and a.attname = names.name and not a.attisdropped
    order by a.attnotnull desc, rank limit 1;
  if led_by is null then
    select own.attname, c.confrelid::regclass::text, other.attname into led_by, parent, parent_key
      from pg_constraint c
      join pg_class p on p.oid = c.confrelid and p.relrowsecurity and p.relname <> 'event'
      join pg_attribute own on own.attrelid = c.conrelid and own.attnum = c.conkey[1]
      join pg_attribute other on other.attrelid = c.confrelid and other.attnum = c.confkey[1]
      where c.conrelid = walled and c.contype = 'f' and cardinality(c.conkey) = 1 and c.confrelid <> c.conrelid
      order by own.attnotnull desc, c.conname limit 1;
  end if;
  condition := case
    when walled = 'authority'::regclass then 'id = any ((select reached_authorities())::text[])'
    when parent = 'authority' then format('%I = any ((select reached_authorities())::text[])', led_by)
    when parent is not null then format('exists (select from %s parent where parent.%I = %s.%I)', parent, parent_key, walled, led_by)
  end;
  if condition is null then
    return false;
  end if;
  execute format('alter table %s enable row level security', walled);
  execute format('alter table %s force row level security', walled);
  execute format('create policy own_authority on %s using ((select reaches_everything()) or %s)', walled, condition);
  return true;
end $$;

-- Run after every migration: a new table that leads to an authority gets its wall without anybody having to think of it. One that is
-- reached through another new one follows in the next turn.
create function wall_off_all() returns void language plpgsql as $$
declare
  one regclass;
  more boolean := true;
begin
  while more loop
    more := false;
    for one in
      select c.oid from pg_class c
      where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and not c.relrowsecurity order by c.relname
    loop
      more := wall_off(one) or more;
    end loop;
  end loop;
end $$;

-- A superuser passes every wall, so whoever connects as one works in this role. An ordinary owner of the tables needs none: the walls
-- are forced on owners as well.
create function let_application_in() returns void language plpgsql as $$
begin
  if not exists (select from pg_roles where rolname = session_user and (rolsuper or rolbypassrls)) then
    return;
  end if;
  begin
    create role keshen_application nologin nosuperuser nobypassrls;
  exception when duplicate_object or unique_violation then null;
  end;
  execute format('grant usage on schema %I to keshen_application', current_schema());
  execute format('grant select, insert, update, delete on all tables in schema %I to keshen_application', current_schema());
  execute format('grant usage, select on all sequences in schema %I to keshen_application', current_schema());
end $$;

-- 三员分立: who administers the system, security or the log holds no other role at any time, neither another of the three nor one that
-- applies, checks, recommends or decides. Spans of time count as well, those that are over and those that are dated ahead.
create function time_of_grant(one role_grant) returns tstzrange language sql immutable as $$
  select tstzrange(one.granted_at, case when one.ended_at is not null then greatest(one.granted_at, one.ended_at) end)
$$;
create function keep_administrators_apart() returns trigger language plpgsql as $$
declare
  reach constant text := coalesce(current_setting('keshen.authorities', true), '');
  administrators constant text[] := array['systemAdministrator', 'securityAdministrator', 'auditAdministrator'];
begin
  perform pg_advisory_xact_lock(hashtextextended('roles-of:' || new.person_id, 0));
  perform set_config('keshen.authorities', '*', true);
  if exists (
    select from role_grant other
    where other.person_id = new.person_id and other.id <> new.id and other.role <> new.role
      and (other.role = any (administrators) or new.role = any (administrators))
      and time_of_grant(other) && time_of_grant(new)
  ) then
    raise exception 'one_of_the_three_administrators holds no other role' using errcode = 'check_violation';
  end if;
  perform set_config('keshen.authorities', reach, true);
  return new;
end $$;
create trigger administrators_apart before insert on role_grant
  for each row execute function keep_administrators_apart();
create trigger administrators_stay_apart before update on role_grant
  for each row when (new.ended_at is null or new.ended_at > old.ended_at) execute function keep_administrators_apart();
