import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How much waits to be sent changes within seconds: no plan is made by what an earlier look at the table saw. */
export class QueueStatistics1795000000023 implements MigrationInterface {
  readonly name = 'QueueStatistics1795000000023';

  // Looked at while nothing waits, `state` says that no row is due. By that the next to go were found by reading the whole queue once for each
  // delivery in it. Without a word about it PostgreSQL counts on one row of two hundred and goes by the order of the queue, long or short.
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE deliveries ALTER COLUMN state SET STATISTICS 0`);
    await runner.query(`SELECT pg_clear_attribute_stats(current_schema()::text, 'deliveries', 'state', false)`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
