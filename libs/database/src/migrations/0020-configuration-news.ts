import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Every process hears of a change in what people set up, so that it may keep it in memory until then. */
export class ConfigurationNews1795000000020 implements MigrationInterface {
  readonly name = 'ConfigurationNews1795000000020';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TELL);
    for (const table of ['absences', 'brands', 'calendars', 'catastrophes', 'settings', 'templates']) await runner.query(tellOf(table));
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}

const TELL = `
  CREATE FUNCTION tell_configuration() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM pg_notify('claimline', 'configuration');
    RETURN NULL;
  END $$`;

const tellOf = (table: string): string =>
  `CREATE TRIGGER ${table}_news AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION tell_configuration()`;
