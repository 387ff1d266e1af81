/** The database to export from or import into; absent: the embedded one in `.data/`. */
export function databaseUrl(): string | undefined {
  return process.env.DATABASE_URL || undefined;
}
