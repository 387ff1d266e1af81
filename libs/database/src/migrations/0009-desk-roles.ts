import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Hotline, complaints officer, mailroom and counter sign in too. */
export class DeskRoles1795000000009 implements MigrationInterface {
  readonly name = 'DeskRoles1795000000009';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ROLES);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}

const ROLES = `
  ALTER TABLE accounts
    DROP CONSTRAINT accounts_role_check,
    ADD CONSTRAINT accounts_role_check CHECK (role IN ('adjuster', 'supervisor', 'administrator', 'integration', 'auditor', 'hotline', 'complaints-officer', 'mailroom', 'counter'));
`;
