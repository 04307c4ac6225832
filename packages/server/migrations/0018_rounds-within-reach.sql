-- What hangs on a round is shown by the rounds within reach, looked up once a query instead of joined to every row: a list of
-- thousands of rows costs little more behind the walls than without them, and an index on round_id serves. `round` has its own wall,
-- so nothing is reached that was not reached before.
create function reached_rounds() returns uuid[] language sql stable as $$ select array(select id from round) $$;

-- Walls off one table by the column that leads to its authority; says whether there is one. A row whose column is empty belongs to no
-- authority and is shown to the house alone.
create or replace function wall_off(walled regclass) returns boolean language plpgsql as $$
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
    when parent = 'round' then format('%I = any ((select reached_rounds())::uuid[])', led_by)
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

do $$
declare
  one record;
begin
  for one in select tablename from pg_policies
    where schemaname = current_schema() and policyname = 'own_authority' and qual ~ 'FROM round parent'
  loop
    execute format('alter policy own_authority on %I using ((select reaches_everything())
      or round_id = any ((select reached_rounds())::uuid[]))', one.tablename);
  end loop;
end $$;
