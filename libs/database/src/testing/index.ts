export { copyIn } from '../transfer/copy-in';
export { openEmptyDatabase, openTestDatabase, type TestDatabase } from './test-database';
