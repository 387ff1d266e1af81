import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who represents whom and since when, privileged threads with our own counsel, the text of a consent, and what was promised. */
export class Aftercare1795000000014 implements MigrationInterface {
  readonly name = 'Aftercare1795000000014';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(REPRESENTATIONS);
    await runner.query(PRIVILEGE);
    await runner.query(PROMISES);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}

const REPRESENTATIONS = `
  CREATE TABLE representations (
    id uuid PRIMARY KEY,
    claim_id uuid NOT NULL REFERENCES claims ON DELETE CASCADE,
    party_id uuid NOT NULL REFERENCES claim_parties ON DELETE CASCADE,
    counsel_id uuid NOT NULL REFERENCES claim_parties ON DELETE CASCADE,
    source text NOT NULL CHECK (source IN ('claim-core', 'person')),
    evidence jsonb NOT NULL DEFAULT '{}',
    since timestamptz NOT NULL,
    noted_by uuid REFERENCES accounts,
    ended_at timestamptz,
    ended_by uuid REFERENCES accounts
  );
  CREATE UNIQUE INDEX representations_one ON representations (party_id) WHERE ended_at IS NULL;
  CREATE INDEX representations_claim ON representations (claim_id);
  ALTER TABLE consents ADD COLUMN text_version text;
  ALTER TABLE contacts ADD COLUMN language_chosen boolean NOT NULL DEFAULT false;
`;

// A thread with our own counsel is walled off where rows are written, so that no way into the table can forget it: a mail, a first message, a link,
// a merge of contacts. What was privileged once stays so. privileged_to: the claim's handlers, whoever holds it now, and supervisors.
const PRIVILEGE = `
  ALTER TABLE conversations
    ADD COLUMN kind text NOT NULL DEFAULT 'ordinary' CHECK (kind IN ('ordinary', 'privileged')),
    ADD COLUMN privileged_to text[];
  CREATE FUNCTION conversation_privilege() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE concerned uuid[] := ARRAY(SELECT p.claim_id FROM claim_parties p
    WHERE p.contact_id = NEW.contact_id AND p.role = 'defence-counsel' AND (NEW.claim_id IS NULL OR p.claim_id = NEW.claim_id));
  BEGIN
    IF NEW.kind = 'privileged' OR cardinality(concerned) > 0 THEN
      NEW.kind := 'privileged';
      NEW.privileged_to := ARRAY['role:supervisor'] || ARRAY(SELECT DISTINCT 'account:' || person FROM (
        SELECT c.handler_id AS person FROM claims c WHERE c.id = ANY (concerned || NEW.claim_id)
        UNION SELECT unnest(c.co_handler_ids) FROM claims c WHERE c.id = ANY (concerned || NEW.claim_id)
        UNION SELECT NEW.assignee_id) AS people WHERE person IS NOT NULL);
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER conversation_privilege BEFORE INSERT OR UPDATE OF contact_id, claim_id, assignee_id, kind ON conversations
    FOR EACH ROW EXECUTE FUNCTION conversation_privilege();
  CREATE FUNCTION counsel_privilege() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    UPDATE conversations SET kind = 'privileged' WHERE contact_id = NEW.contact_id AND (claim_id IS NULL OR claim_id = NEW.claim_id);
    RETURN NEW;
  END $$;
  CREATE TRIGGER counsel_privilege AFTER INSERT OR UPDATE OF role, contact_id ON claim_parties FOR EACH ROW
    WHEN (NEW.role = 'defence-counsel' AND NEW.contact_id IS NOT NULL) EXECUTE FUNCTION counsel_privilege();
  CREATE FUNCTION handler_privilege() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    UPDATE conversations SET kind = kind WHERE kind = 'privileged' AND (claim_id = NEW.id OR (claim_id IS NULL AND contact_id IN
      (SELECT contact_id FROM claim_parties WHERE claim_id = NEW.id AND role = 'defence-counsel')));
    RETURN NEW;
  END $$;
  CREATE TRIGGER handler_privilege AFTER UPDATE OF handler_id, co_handler_ids ON claims FOR EACH ROW
    WHEN (OLD.handler_id IS DISTINCT FROM NEW.handler_id OR OLD.co_handler_ids IS DISTINCT FROM NEW.co_handler_ids) EXECUTE FUNCTION handler_privilege();
`;

const PROMISES = `
  CREATE TABLE promises (
    id uuid PRIMARY KEY,
    key text UNIQUE,
    step text NOT NULL,
    source text NOT NULL CHECK (source IN ('claim-core', 'person')),
    claim_id uuid REFERENCES claims ON DELETE CASCADE,
    claim_number text,
    conversation_id uuid REFERENCES conversations ON DELETE CASCADE,
    contact_id uuid REFERENCES contacts,
    owner_id uuid REFERENCES accounts,
    due_at timestamptz NOT NULL,
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'kept', 'broken', 'canceled')),
    breached_at timestamptz,
    created_by uuid REFERENCES accounts,
    created_at timestamptz NOT NULL,
    settled_by uuid REFERENCES accounts,
    settled_at timestamptz
  );
  CREATE INDEX promises_due ON promises (due_at, id) WHERE state = 'open';
  CREATE INDEX promises_owner ON promises (owner_id, due_at, id) WHERE state IN ('open', 'broken') AND settled_at IS NULL;
  CREATE INDEX promises_claim ON promises (claim_id);
  CREATE INDEX tasks_claim ON tasks (claim_id, kind) WHERE state = 'open';
  CREATE INDEX conversations_quiet ON conversations (next_due_at, last_message_at, id) WHERE 'gone-quiet' = ANY (labels);
  CREATE INDEX promises_conversation ON promises (conversation_id) WHERE state = 'open';
`;
