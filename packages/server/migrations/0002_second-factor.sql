-- Signing in: second factor, sessions that can be named, links that work once, single sign-on, proof of work.

-- A session is revoked by its id; its token is known to the browser only.
alter table session add column id uuid not null default gen_random_uuid() unique;

-- The TOTP secret is sealed under a data key, for its person. The last step used is never accepted again.
create table second_factor (
  person_id uuid primary key references person,
  sealed_secret text not null,
  last_step bigint not null default 0,
  started_at timestamptz not null,
  confirmed_at timestamptz
);

create table recovery_code (
  person_id uuid not null references second_factor on delete cascade,
  position smallint not null,
  code_hash text not null,
  used_at timestamptz,
  primary key (person_id, position)
);

-- Between the password and the code. No request but the one with the code looks here.
create table half_session (
  token_hash bytea primary key,
  person_id uuid not null references person,
  created_at timestamptz not null,
  expires_at timestamptz not null
);

create table spent_proof (
  challenge text primary key,
  expires_at timestamptz not null
);

create table account_link (
  token_hash bytea primary key,
  person_id uuid not null references person,
  purpose text not null check (purpose in ('invitation', 'reset')),
  made_by uuid references person,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  withdrawn_at timestamptz
);
create unique index one_open_account_link on account_link (person_id) where used_at is null and withdrawn_at is null;

-- Who somebody is at the identity provider; linked by the person, never guessed from a name or an e-mail address.
create table linked_identity (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references person,
  issuer text not null,
  subject text not null,
  linked_at timestamptz not null,
  last_used_at timestamptz,
  unique (issuer, subject),
  unique (person_id, issuer)
);

-- A way to the identity provider and back. With a session it links, without it signs in.
create table single_sign_on_attempt (
  token_hash bytea primary key,
  state text not null,
  nonce text not null,
  code_verifier text not null,
  session_id uuid references session (id) on delete cascade,
  expires_at timestamptz not null
);
