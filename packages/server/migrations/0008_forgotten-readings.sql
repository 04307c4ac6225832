-- Records of failed signing in and of reading the log may be forgotten after a time that the operator sets. Their hashes stay, so that
-- chains and roots can still be proved; the database itself lets nothing younger than six months go, and nothing of another kind.
create table log_forgotten (
  event_id bigint primary key,
  hash text not null,
  forgotten_at timestamptz not null
);
create index log_forgotten_hash on log_forgotten (hash);
create trigger log_forgotten_is_frozen before update or delete on log_forgotten
  for each row execute function refuse_change();

create function refuse_forgetting() returns trigger language plpgsql as $$
begin
  if old.subject_kind in ('login', 'log')
    and old.at < now() - interval '6 months'
    and exists (select from log_forgotten f where f.event_id = old.id and f.hash = old.hash)
  then
    return old;
  end if;
  raise exception 'event rows never change';
end $$;
drop trigger event_is_frozen on event;
create trigger event_is_frozen before update on event for each row execute function refuse_change();
create trigger event_is_kept before delete on event for each row execute function refuse_forgetting();
