export { loadDataSet, loadWords, type DataSetFacts, type LoadWords } from './data-set/load-data-set';
export type { DataSetSizes } from './data-set/plan';
export { BATCH_COLUMNS, RECEIVE_BATCH, type BatchColumn } from '../inbound/receive-batch.sql';
