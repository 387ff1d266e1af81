import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How much waits to be sent changes within seconds: no plan is made by what an earlier look at the table saw. */
export class QueueStatistics1795000000023 implements MigrationInterface {
  readonly name = 'QueueStatistics1795000000023';

  // By a look at a time when nothing waits, `state` says that no row is due, and the whole queue is read and sorted for the next of it. Without a word
  // about it PostgreSQL counts on one row of two hundred, and goes by the order of the queue as soon as the table is not small.
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE deliveries ALTER COLUMN state SET STATISTICS 0`);
    await runner.query(FORGET);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}

// No later ANALYZE takes away what an earlier one wrote. Before version 18 only a new type does, the same one too; it makes the indexes by state anew.
const FORGET = `
  DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_stats WHERE schemaname = current_schema() AND tablename = 'deliveries' AND attname = 'state') THEN RETURN; END IF;
    IF current_setting('server_version_num')::int >= 180000 THEN PERFORM pg_clear_attribute_stats(current_schema()::text, 'deliveries', 'state', false);
    ELSE ALTER TABLE deliveries ALTER COLUMN state TYPE text;
    END IF;
  END $$
`;
