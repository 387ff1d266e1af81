export { EmbeddedPostgresError } from './embedded-error';
export { hasEmbeddedDatabase, startEmbeddedPostgres, type EmbeddedPostgres, type EmbeddedPostgresOptions } from './launcher';
export type { ServerSettings } from './settings';
