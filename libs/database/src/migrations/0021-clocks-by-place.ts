import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Clocks are found by their conversation and by their claim, over or not: every message and every claim event asks for all of them. */
export class ClocksByPlace1795000000021 implements MigrationInterface {
  readonly name = 'ClocksByPlace1795000000021';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(INDEXES);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}

const INDEXES = `
  DROP INDEX clocks_conversation;
  DROP INDEX clocks_claim;
  CREATE INDEX clocks_conversation ON clocks (conversation_id) WHERE conversation_id IS NOT NULL;
  CREATE INDEX clocks_claim ON clocks (claim_id) WHERE claim_id IS NOT NULL;
`;
