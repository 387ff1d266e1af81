import path from 'node:path';

/** The database to export from or import into; absent: the embedded one in {@link dataFolder}. */
export function databaseUrl(): string | undefined {
  return process.env.DATABASE_URL || undefined;
}

/** Where the embedded database lies: below `HUB_DATA`, as for the hub. */
export function dataFolder(): string {
  return path.join(process.env.HUB_DATA || '.data', 'postgres');
}
