-- Files on their way in, resumable; their bytes lie in the data directory under the same id. One that was finished keeps its row until
-- it expires, so that a receipt whose answer was lost can be asked for again.
create table upload (
  id uuid primary key,
  application_id uuid not null references application on delete cascade,
  material text not null,
  row_id text,
  file_name text not null,
  bytes bigint not null,
  sha256 text,
  created_by uuid not null references person,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  -- When the request arrived that brought the last byte; the window is judged by it.
  filled_at timestamptz,
  attachment_id uuid references attachment on delete cascade
);
create index upload_application on upload (application_id, created_by);
create index upload_expires on upload (expires_at);

alter table attachment
  add removed_by uuid references person,
  add restores uuid references attachment on delete set null;
create index attachment_unsettled on attachment ((inspection ->> 'state'))
  where removed_at is null and inspection ->> 'state' in ('checking', 'waiting_for_scan');

-- What is submitted has been inspected. The server refuses with a reason before it comes to this.
create function refuse_unsettled() returns trigger language plpgsql as $$
begin
  if exists (
    select from attachment
    where application_id = new.application_id and removed_at is null
      and inspection ->> 'state' in ('checking', 'waiting_for_scan')
  ) then
    raise exception 'application % has attachments that are still being inspected', new.application_id;
  end if;
  return new;
end $$;
create trigger snapshot_of_inspected before insert on snapshot for each row execute function refuse_unsettled();
