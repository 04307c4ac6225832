-- What is to be told: an event of the log that somebody must hear of, noted in the event's own transaction and gone once it is told.
create table notice_cause (
  event_id bigint primary key references event,
  queued_at timestamptz not null,
  not_before timestamptz not null,
  attempts integer not null default 0,
  problem text
);
create index notice_cause_due on notice_cause (not_before);

-- What one person is told, in its final words. `key` says of what, so that nobody is told the same twice.
create table notice (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references person,
  key text not null,
  kind text not null,
  title text not null,
  facts jsonb not null,
  to_do text not null default '',
  -- Below this installation's address.
  link text not null,
  rehearsal boolean not null,
  -- Whether it stands in the person's list in the system.
  shown boolean not null,
  authority_id text references authority,
  round_id uuid references round on delete cascade,
  organisation_id uuid references organisation,
  department_id uuid references department,
  application_id uuid references application on delete cascade,
  made_at timestamptz not null,
  -- From then on it is of no use to send it: a reminder of an end that has passed.
  useless_from timestamptz,
  read_at timestamptz,
  unique (person_id, key)
);
create index notice_person on notice (person_id, made_at desc) where shown;
create index notice_unread on notice (person_id) where shown and read_at is null;
create index notice_round on notice (round_id);
create index notice_application on notice (application_id);

-- Reminders that were gone through, once for all servers: a round, what for, which end, how long before it.
create table notice_mark (
  round_id uuid not null references round on delete cascade,
  mark text not null,
  passed_at timestamptz not null,
  primary key (round_id, mark)
);

-- Where a person is reached outside of the system; sealed. It counts once its owner has followed a link that was sent there.
create table notice_address (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references person,
  channel text not null check (channel in ('mail', 'sms')),
  address text not null,
  given_at timestamptz not null,
  confirmed_at timestamptz,
  -- What the other side said when nothing can be delivered there.
  problem text,
  unique (person_id, channel)
);

create table notice_preference (
  person_id uuid not null references person,
  kind text not null,
  channel text not null check (channel in ('system', 'mail', 'sms')),
  mode text not null check (mode in ('once', 'daily', 'off')),
  primary key (person_id, kind, channel)
);

-- No text messages between these minutes of the day in Beijing.
create table notice_quiet (
  person_id uuid primary key references person,
  from_minute integer not null check (from_minute between 0 and 1439),
  to_minute integer not null check (to_minute between 0 and 1439)
);

-- The outbox: one message to one person. Its id is the message's for ever, also when it is sent again.
create table notice_message (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references person,
  channel text not null check (channel in ('mail', 'sms')),
  purpose text not null check (purpose in ('notice', 'digest', 'confirm')),
  notice_id uuid references notice on delete cascade,
  address_id uuid references notice_address on delete cascade,
  digest_day date,
  -- The digest that carries it.
  digest_id uuid references notice_message on delete set null,
  state text not null check (state in ('gathering', 'gathered', 'queued', 'sending', 'sent', 'failed', 'dropped')),
  made_at timestamptz not null,
  not_before timestamptz not null,
  attempts integer not null default 0,
  -- While it is being sent; past, the sender was lost on the way, and it may have gone out or not.
  claimed_until timestamptz,
  unsure boolean not null default false,
  problem text,
  sent_at timestamptz,
  check ((purpose = 'notice') = (notice_id is not null)),
  check ((purpose = 'digest') = (digest_day is not null)),
  check ((purpose = 'confirm') = (address_id is not null)),
  check ((state = 'sending') = (claimed_until is not null)),
  unique (notice_id, channel)
);
create unique index notice_message_one_digest on notice_message (person_id, channel, digest_day) where purpose = 'digest';
create index notice_message_due on notice_message (not_before) where state in ('queued', 'sending', 'gathering');
create index notice_message_person on notice_message (person_id, made_at);
create index notice_message_state on notice_message (state, made_at desc);
create index notice_message_digest on notice_message (digest_id) where digest_id is not null;
