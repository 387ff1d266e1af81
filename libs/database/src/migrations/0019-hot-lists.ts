import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Indexes that give the inbox its order, its counts and its search without reading more rows than are shown. */
export class HotLists1795000000019 implements MigrationInterface {
  readonly name = 'HotLists1795000000019';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(DUE);
    await runner.query(LATEST);
    await runner.query(LISTS);
    await runner.query(SEARCH);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}

// "Without a deadline comes last" as a value and not as NULLS LAST: then a page continues by one comparison of rows, which an index can answer.
// What decides on who may see a row lies in the index too, so that counting to 1,000 reads no table.
const WALLS = 'restricted_to, privileged_to, brand_id';
const DUE = `
  DROP INDEX conversations_mine;
  DROP INDEX conversations_unassigned;
  DROP INDEX conversations_due;
  DROP INDEX conversations_quiet;
  CREATE INDEX conversations_mine ON conversations (assignee_id, urgency, coalesce(next_due_at, 'infinity'), last_message_at, id)
    INCLUDE (${WALLS}, awaiting_reply, next_due_at) WHERE status = 'open';
  CREATE INDEX conversations_unassigned ON conversations (urgency, coalesce(next_due_at, 'infinity'), last_message_at, id)
    INCLUDE (${WALLS}) WHERE status = 'open' AND assignee_id IS NULL AND NOT to_file;
  CREATE INDEX conversations_due ON conversations (urgency, coalesce(next_due_at, 'infinity'), last_message_at, id) INCLUDE (${WALLS}) WHERE status = 'open';
  CREATE INDEX conversations_quiet ON conversations (urgency, coalesce(next_due_at, 'infinity'), last_message_at, id)
    INCLUDE (${WALLS}) WHERE 'gone-quiet' = ANY (labels);
`;

// The index of labels holds only what has some: else PostgreSQL reads it whole to learn what is not resolved.
const LATEST = `
  DROP INDEX conversations_to_file;
  DROP INDEX conversations_snoozed;
  DROP INDEX conversations_labels;
  CREATE INDEX conversations_to_file ON conversations (last_message_at DESC, id DESC) INCLUDE (${WALLS}) WHERE status = 'open' AND to_file;
  CREATE INDEX conversations_snoozed ON conversations (snoozed_until, id) INCLUDE (${WALLS}) WHERE status = 'snoozed';
  CREATE INDEX conversations_labels ON conversations USING gin (labels) WHERE status <> 'resolved' AND labels <> '{}';
`;

// What is open is rarely what is most: without being told that these columns hang together, PostgreSQL expects a list of forty where nine hundred stand,
// and gathers and sorts them all.
const LISTS = `CREATE STATISTICS conversations_lists (mcv) ON status, assignee_id, to_file, awaiting_reply FROM conversations`;

// Search goes back in time from the newest message. A claim's conversations are found by time, as a contact's are; open claims are gone through in rounds.
// What is not yet in its place in the index of words is read whole by every search: half a megabyte of it at most, in kB.
const SEARCH = `
  CREATE INDEX message_words_at ON message_words (at DESC);
  ALTER INDEX message_words_words SET (gin_pending_list_limit = 512);
  DROP INDEX conversations_claim;
  CREATE INDEX claims_open ON claims (id) WHERE stage <> 'closed';
  CREATE INDEX conversations_claim ON conversations (claim_id, last_message_at DESC) WHERE claim_id IS NOT NULL;
`;
