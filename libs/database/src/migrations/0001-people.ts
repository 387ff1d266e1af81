import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Brands, teams, accounts, sessions, keys, absences, settings and the audit. */
export class People1795000000001 implements MigrationInterface {
  readonly name = 'People1795000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}

const TABLES = `
  CREATE TABLE brands (
    id uuid PRIMARY KEY,
    key text NOT NULL UNIQUE,
    name text NOT NULL,
    default_language text NOT NULL CHECK (default_language IN ('en', 'zh-CN')),
    time_zone text NOT NULL,
    created_at timestamptz NOT NULL
  );
  CREATE TABLE teams (
    id uuid PRIMARY KEY,
    brand_id uuid NOT NULL REFERENCES brands,
    name text NOT NULL,
    UNIQUE (brand_id, name)
  );
  CREATE TABLE accounts (
    id uuid PRIMARY KEY,
    email text NOT NULL CHECK (email = lower(email)),
    name text NOT NULL,
    password_hash text NOT NULL,
    role text NOT NULL CHECK (role IN ('adjuster', 'supervisor', 'administrator', 'integration', 'auditor')),
    external_id text UNIQUE,
    locale text,
    phone text,
    brand_ids uuid[] NOT NULL DEFAULT '{}',
    groups text[] NOT NULL DEFAULT '{}',
    active boolean NOT NULL DEFAULT true,
    demo boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL
  );
  CREATE UNIQUE INDEX accounts_email ON accounts (email);
  CREATE TABLE team_members (
    team_id uuid NOT NULL REFERENCES teams ON DELETE CASCADE,
    account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    PRIMARY KEY (team_id, account_id)
  );
  CREATE INDEX team_members_account ON team_members (account_id);
  CREATE TABLE sessions (
    token_hash bytea PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL
  );
  CREATE INDEX sessions_account ON sessions (account_id);
  CREATE TABLE api_keys (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    key_hash bytea NOT NULL UNIQUE,
    role text NOT NULL,
    demo boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL,
    revoked_at timestamptz
  );
  CREATE TABLE absences (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL CHECK (ends_at > starts_at),
    delegate_id uuid REFERENCES accounts,
    returns text NOT NULL CHECK (returns IN ('immediately', 'on-close', 'never')),
    created_by uuid REFERENCES accounts,
    created_at timestamptz NOT NULL,
    canceled_at timestamptz
  );
  CREATE INDEX absences_account ON absences (account_id, ends_at) WHERE canceled_at IS NULL;
  CREATE TABLE settings (
    key text NOT NULL,
    version int NOT NULL,
    value jsonb NOT NULL,
    at timestamptz NOT NULL,
    by uuid REFERENCES accounts,
    PRIMARY KEY (key, version)
  );
  CREATE TABLE audit (
    id uuid PRIMARY KEY,
    at timestamptz NOT NULL,
    actor_kind text NOT NULL CHECK (actor_kind IN ('account', 'api-key', 'hub', 'customer')),
    actor_id uuid,
    action text NOT NULL,
    subject text NOT NULL,
    subject_id text,
    facts jsonb NOT NULL DEFAULT '{}'
  );
  CREATE INDEX audit_subject ON audit (subject, subject_id, at);
  CREATE INDEX audit_at ON audit (at);
`;
