/** Why the embedded PostgreSQL cannot run here: one sentence that says what to do, with the way out that always exists. */
export class EmbeddedPostgresError extends Error {
  constructor(sentence: string) {
    super(`${sentence} Or set DATABASE_URL to a PostgreSQL server of your own.`);
    this.name = 'EmbeddedPostgresError';
  }
}

/** The `code` of a system error (`ENOENT`, `EACCES`, …), or an empty text for anything else. */
export function errorCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
