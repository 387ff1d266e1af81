import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Indexes that let search and threads reach old rows with few looks at the disk, however long the history is. */
export class LongHistory1795000000022 implements MigrationInterface {
  readonly name = 'LongHistory1795000000022';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL maintenance_work_mem = '512MB'`);
    await runner.query(TIME);
    await runner.query(SEARCH);
    await runner.query(THREAD);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}

// Rows of words lie in the order of time, nearly: which pages hold what moments is a megabyte for twenty-five million of them. Laid over the places that the
// index of words knows, it leaves the pages of a stretch. Several intervals for each piece, so that one late message does not widen it by days. By an expression,
// so that nobody takes it, or the index by moment, for the other; until its order is known by ANALYZE, PostgreSQL believes that it tells nothing.
const TIME = `
  CREATE INDEX message_words_moment ON message_words USING brin ((at AT TIME ZONE 'UTC') timestamp_minmax_multi_ops (values_per_range = 16))
    WITH (pages_per_range = 128, autosummarize = on);
  ANALYZE message_words;
`;

// A customer's conversations of a time, whose conversations the latest are, and whether somebody refuses a channel: without a look at rows that lie anywhere.
const SEARCH = `
  DROP INDEX conversations_all;
  DROP INDEX conversations_contact;
  DROP INDEX conversations_claim;
  DROP INDEX consents_latest;
  CREATE INDEX conversations_all ON conversations (last_message_at DESC, id DESC) INCLUDE (contact_id, claim_id);
  CREATE INDEX conversations_contact ON conversations (contact_id, last_message_at DESC) INCLUDE (id);
  CREATE INDEX conversations_claim ON conversations (claim_id, last_message_at DESC) INCLUDE (id) WHERE claim_id IS NOT NULL;
  CREATE INDEX consents_latest ON consents (address_id, channel, purpose, at DESC, id DESC) INCLUDE (state);
`;

// What was sent in a thread lies side by side here, where its messages' ids alone lie anywhere; those are what the unique index begins with.
const THREAD = `
  DROP INDEX deliveries_message;
  CREATE INDEX deliveries_thread ON deliveries (conversation_id, message_id);
`;
