export { embeddedAddress, stopEmbeddedPostgres } from '../embedded/launcher';
export { Overheard, readGenericPlan, readPlan, type PlanReading } from './plan';
export { copyIn } from '../transfer/copy-in';
export { openEmptyDatabase, openTestDatabase, type TestDatabase } from './test-database';
