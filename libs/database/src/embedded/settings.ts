/** Settings of the server by name, as PostgreSQL's own configuration file spells them. */
export type ServerSettings = Readonly<Record<string, string>>;

/** What the programs inherit: nothing of ours (secrets stay here), plain messages, and a time zone that is the same everywhere. */
export const SERVER_ENVIRONMENT: NodeJS.ProcessEnv = { LC_ALL: 'C', TZ: 'UTC' };

/** A small server that shares its machine with the hub and the browsers; nobody outside reaches it. */
export const DEFAULT_SETTINGS: ServerSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '', // PostgreSQL's own choice is a folder that everybody shares; ours is told at the start
  max_connections: '200',
  random_page_cost: '1.1', // solid-state disks: an index read costs hardly more than the next page
  work_mem: '8MB', // per sort; a page of the inbox or of a search fits
  maintenance_work_mem: '128MB', // vacuum of a large index in one pass
  max_wal_size: '2GB',
  checkpoint_timeout: '15min', // after each checkpoint every page is written whole once more
  wal_compression: 'on',
  autovacuum_naptime: '5s', // the outbox turns over thousands of rows a second: at a minute it grows by as many dead ones
  synchronous_commit: 'on',
  jit: 'off', // our statements run for milliseconds; compiling one costs hundreds
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
  log_checkpoints: 'off',
  log_error_verbosity: 'terse', // DETAIL lines repeat the values of rows: names, numbers, words of customers
  log_min_error_statement: 'panic', // and so do statements
};
