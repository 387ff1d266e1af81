import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who is asked how a claim went and why somebody is not, what they answered, and what the answers are measured against. */
export class Surveys1795000000017 implements MigrationInterface {
  readonly name = 'Surveys1795000000017';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SURVEYS);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}

// One invitation per claim. An answer is a number from 1 to 5 or is not there; `overall` is asked, never computed from the other four.
const SURVEYS = `
  CREATE TABLE survey_invitations (
    id uuid PRIMARY KEY,
    claim_id uuid NOT NULL UNIQUE REFERENCES claims ON DELETE CASCADE,
    claim_number text NOT NULL,
    state text NOT NULL CHECK (state IN ('planned', 'withdrawn', 'suppressed', 'invited', 'answered', 'left', 'expired')),
    reason text,
    contact_id uuid REFERENCES contacts,
    conversation_id uuid REFERENCES conversations,
    inbox_id uuid,
    address_id uuid REFERENCES addresses,
    channel text,
    mode text CHECK (mode IN ('sms', 'wechat', 'chat', 'mail', 'web', 'phone')),
    closed_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    invited_at timestamptz,
    asked_at timestamptz,
    expires_at timestamptz,
    settled_at timestamptz,
    CONSTRAINT survey_suppressed CHECK (state <> 'suppressed' OR reason IS NOT NULL),
    CONSTRAINT survey_invited CHECK (state NOT IN ('invited', 'answered', 'left', 'expired') OR (invited_at IS NOT NULL AND contact_id IS NOT NULL AND mode IS NOT NULL))
  );
  CREATE INDEX survey_invitations_due ON survey_invitations (due_at) WHERE state = 'planned';
  CREATE INDEX survey_invitations_expiry ON survey_invitations (expires_at) WHERE state = 'invited';
  CREATE INDEX survey_invitations_address ON survey_invitations (address_id) WHERE state = 'invited';
  CREATE INDEX survey_invitations_contact ON survey_invitations (contact_id, invited_at) WHERE invited_at IS NOT NULL;
  CREATE TABLE survey_responses (
    id uuid PRIMARY KEY,
    invitation_id uuid UNIQUE REFERENCES survey_invitations ON DELETE CASCADE,
    claim_id uuid REFERENCES claims ON DELETE CASCADE,
    claim_number text NOT NULL,
    contact_id uuid REFERENCES contacts,
    conversation_id uuid REFERENCES conversations,
    handler_id uuid REFERENCES accounts,
    brand_id uuid REFERENCES brands,
    mode text NOT NULL CHECK (mode IN ('sms', 'wechat', 'chat', 'mail', 'web', 'phone')),
    channel text NOT NULL,
    language text,
    overall int CHECK (overall BETWEEN 1 AND 5),
    process int CHECK (process BETWEEN 1 AND 5),
    attitude int CHECK (attitude BETWEEN 1 AND 5),
    efficiency int CHECK (efficiency BETWEEN 1 AND 5),
    outcome int CHECK (outcome BETWEEN 1 AND 5),
    comment text,
    begun_at timestamptz NOT NULL,
    answered_at timestamptz NOT NULL,
    completed_at timestamptz
  );
  CREATE INDEX survey_responses_answered ON survey_responses (answered_at);
  CREATE TABLE survey_baselines (
    question text NOT NULL CHECK (question IN ('overall', 'process', 'attitude', 'efficiency', 'outcome')),
    effective_on date NOT NULL,
    percent numeric(5, 2) NOT NULL CHECK (percent BETWEEN 0 AND 100),
    imported_at timestamptz NOT NULL,
    imported_by uuid REFERENCES accounts,
    PRIMARY KEY (question, effective_on)
  );
`;
