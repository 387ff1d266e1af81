export { openEmptyDatabase, openTestDatabase, type TestDatabase } from './test-database';
