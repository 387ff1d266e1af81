import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Complaints with their steps, the papers of their investigation, and what is done so that they do not come again. */
export class Complaints1795000000013 implements MigrationInterface {
  readonly name = 'Complaints1795000000013';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(COMPLAINTS);
    await runner.query(PAPERS);
    await runner.query(RECUSAL);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}

// What the steps promise is promised by the table too: no execution without an agreement or a named decision, no end without an outcome
// that left, no third round, and nobody who is complained about in any seat of the investigation.
const COMPLAINTS = `
  CREATE SEQUENCE complaint_numbers;
  CREATE TABLE complaints (
    id uuid PRIMARY KEY,
    number text NOT NULL UNIQUE,
    state text NOT NULL CHECK (state IN ('draft', 'received', 'classified', 'investigating', 'proposed', 'executing', 'follow_up', 'closed', 'withdrawn', 'dismissed')),
    source text NOT NULL CHECK (source IN ('words', 'regulator', 'mailbox', 'person')),
    signals text[] NOT NULL DEFAULT '{}',
    conversation_id uuid NOT NULL REFERENCES conversations,
    message_id uuid REFERENCES messages,
    contact_id uuid NOT NULL REFERENCES contacts,
    brand_id uuid NOT NULL REFERENCES brands,
    claim_id uuid REFERENCES claims,
    channel text NOT NULL,
    content text NOT NULL,
    demand text,
    representatives int NOT NULL DEFAULT 1 CHECK (representatives BETWEEN 1 AND 5),
    regulator text,
    category text,
    root_cause text,
    against uuid[] NOT NULL DEFAULT '{}',
    officer_id uuid REFERENCES accounts,
    investigator_id uuid REFERENCES accounts,
    proposal text,
    proposal_owner_id uuid REFERENCES accounts,
    proposal_due_at timestamptz,
    agreement text CHECK (agreement IN ('agreed', 'decided_without_agreement')),
    agreement_message_id uuid REFERENCES messages,
    routes text,
    outcome_message_id uuid REFERENCES messages,
    outcome_sent_at timestamptz,
    score int CHECK (score BETWEEN 1 AND 5),
    reopened int NOT NULL DEFAULT 0 CHECK (reopened <= 1),
    extensions int NOT NULL DEFAULT 0 CHECK (extensions <= 2),
    end_reason text,
    opened_by uuid REFERENCES accounts,
    received_at timestamptz NOT NULL,
    opened_at timestamptz NOT NULL,
    ended_at timestamptz,
    CONSTRAINT complaints_recusal CHECK (investigator_id <> ALL (against) AND proposal_owner_id <> ALL (against) AND officer_id <> ALL (against)),
    CONSTRAINT complaints_proposed CHECK (state NOT IN ('proposed', 'executing', 'follow_up', 'closed') OR (proposal IS NOT NULL AND proposal_owner_id IS NOT NULL)),
    CONSTRAINT complaints_agreed CHECK (state NOT IN ('executing', 'follow_up', 'closed') OR agreement IS NOT NULL),
    CONSTRAINT complaints_consent CHECK (agreement IS DISTINCT FROM 'agreed' OR agreement_message_id IS NOT NULL),
    CONSTRAINT complaints_routes CHECK (agreement IS DISTINCT FROM 'decided_without_agreement' OR routes <> ''),
    CONSTRAINT complaints_outcome CHECK (state <> 'closed' OR outcome_sent_at IS NOT NULL)
  );
  CREATE UNIQUE INDEX complaints_open ON complaints (conversation_id) WHERE state NOT IN ('closed', 'withdrawn', 'dismissed');
  CREATE INDEX complaints_received ON complaints (received_at);
  CREATE INDEX complaints_contact ON complaints (contact_id, received_at);
  CREATE INDEX complaints_outcome_message ON complaints (outcome_message_id) WHERE outcome_message_id IS NOT NULL;
  CREATE INDEX clocks_complaint ON clocks ((started_by->>'complaint')) WHERE ended_at IS NULL AND started_by ? 'complaint';
`;

const PAPERS = `
  CREATE TABLE complaint_steps (
    id uuid PRIMARY KEY,
    complaint_id uuid NOT NULL REFERENCES complaints ON DELETE CASCADE,
    act text NOT NULL,
    from_state text,
    to_state text NOT NULL,
    actor_id uuid REFERENCES accounts,
    facts jsonb NOT NULL DEFAULT '{}',
    at timestamptz NOT NULL
  );
  CREATE INDEX complaint_steps_complaint ON complaint_steps (complaint_id, at, id);
  CREATE TABLE complaint_notes (
    id uuid PRIMARY KEY,
    complaint_id uuid NOT NULL REFERENCES complaints ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('evidence', 'note')),
    text text NOT NULL,
    message_id uuid REFERENCES messages,
    attachment_id uuid REFERENCES attachments,
    author_id uuid NOT NULL REFERENCES accounts,
    at timestamptz NOT NULL
  );
  CREATE INDEX complaint_notes_complaint ON complaint_notes (complaint_id, at, id);
  CREATE TABLE corrective_actions (
    id uuid PRIMARY KEY,
    root_cause text NOT NULL,
    month text NOT NULL CHECK (month ~ '^[0-9]{4}-[0-9]{2}$'),
    action text NOT NULL,
    owner_id uuid NOT NULL REFERENCES accounts,
    due_at timestamptz NOT NULL,
    created_by uuid REFERENCES accounts,
    created_at timestamptz NOT NULL,
    done_at timestamptz,
    result text
  );
  CREATE INDEX corrective_actions_month ON corrective_actions (month, root_cause);
`;

const RECUSAL = `
  CREATE FUNCTION complaint_notes_recusal() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF EXISTS (SELECT FROM complaints WHERE id = NEW.complaint_id AND NEW.author_id = ANY (against)) THEN
      RAISE EXCEPTION 'somebody who is complained about writes nothing into the investigation' USING ERRCODE = 'check_violation', CONSTRAINT = 'complaints_recusal';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER complaint_notes_recusal BEFORE INSERT OR UPDATE ON complaint_notes FOR EACH ROW EXECUTE FUNCTION complaint_notes_recusal();
`;
