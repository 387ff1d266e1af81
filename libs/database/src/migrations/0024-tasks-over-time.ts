import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tasks stay when they are over: a claim's timeline and file read all of its tasks, and lists show what is done, the last one first. */
export class TasksOverTime1795000000024 implements MigrationInterface {
  readonly name = 'TasksOverTime1795000000024';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(INDEXES);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}

// Those of the open ones alone are replaced: what is open still stands together. What nobody owns has indexes of its own, because PostgreSQL does not
// see that an index by owner stands in order where the owner is null.
const INDEXES = `
  DROP INDEX tasks_conversation;
  DROP INDEX tasks_claim;
  CREATE INDEX tasks_conversation ON tasks (conversation_id, state) WHERE conversation_id IS NOT NULL;
  CREATE INDEX tasks_claim ON tasks (claim_id, state, kind) WHERE claim_id IS NOT NULL;
  CREATE INDEX tasks_over ON tasks (state, closed_at, id) WHERE state <> 'open';
  CREATE INDEX tasks_over_owner ON tasks (owner_id, state, closed_at, id) WHERE state <> 'open';
  CREATE INDEX tasks_unowned ON tasks (due_at, id) WHERE state = 'open' AND owner_id IS NULL;
  CREATE INDEX tasks_over_unowned ON tasks (state, closed_at, id) WHERE state <> 'open' AND owner_id IS NULL;
`;
