-- The print of a submitted version that carries electronic seals, known by its SHA-256 before the first of them. A return of the
-- application voids it; the next version is another print.
create table seal_print (
  source_sha256 text primary key,
  application_id uuid not null references application on delete cascade,
  ordinal integer not null,
  pages integer not null,
  places jsonb not null,
  -- The file with every seal that it carries so far.
  sealed_sha256 text,
  made_at timestamptz not null,
  voided_at timestamptz,
  void_reason text,
  -- Until when one process seals it, and from when it is tried again after a service did not answer.
  held_until timestamptz,
  retry_at timestamptz,
  attempts integer not null default 0,
  unique (application_id, ordinal),
  foreign key (application_id, ordinal) references snapshot (application_id, ordinal) on delete cascade,
  check ((voided_at is null) = (void_reason is null))
);

-- One seal that was ordered: one row for each kind on a print, whoever orders it and however often.
create table seal_order (
  id uuid primary key default gen_random_uuid(),
  source_sha256 text not null references seal_print on delete cascade,
  application_id uuid not null references application on delete cascade,
  kind text not null check (kind in ('leadOrganisation', 'legalRepresentative', 'sm2Signature')),
  state text not null default 'requested' check (state in ('requested', 'sealed', 'failed')),
  place jsonb,
  ordered_by uuid not null references person,
  ordered_at timestamptz not null,
  -- What sealing came to, noted before the file is kept, so that an interrupted one can be taken up.
  result_sha256 text,
  settled_at timestamptz,
  -- Of the certificate and the time-stamp.
  signer text,
  issuer text,
  not_after timestamptz,
  stamped_at timestamptz,
  stamped_by text,
  -- Why it failed or has to wait: a refusal as it is shown.
  problem jsonb,
  unique (source_sha256, kind),
  check (state <> 'sealed' or (result_sha256 is not null and stamped_at is not null))
);
create index seal_order_open on seal_order (source_sha256) where state = 'requested';
create index seal_order_application on seal_order (application_id);

-- What the authority said of an organisation's certificates when it was last asked.
create table seal_certificate (
  organisation_id uuid not null references organisation on delete cascade,
  mode text not null check (mode in ('live', 'rehearsal')),
  kind text not null check (kind in ('leadOrganisation', 'legalRepresentative')),
  algorithm text not null check (algorithm in ('rsa-sha256', 'sm2-sm3')),
  holder text not null,
  issuer text not null,
  not_before timestamptz not null,
  not_after timestamptz not null,
  -- Why it cannot be used, where it cannot: a refusal as it is shown.
  problem jsonb,
  seen_at timestamptz not null,
  primary key (organisation_id, mode, kind, algorithm)
);
