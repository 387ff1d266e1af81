export { EmbeddedPostgresError } from './embedded-error';
export {
  EMBEDDED_DATA_DIR,
  hasEmbeddedDatabase,
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from './launcher';
export type { ServerSettings } from './settings';
