export { exportDatabase, type ExportSummary } from './export';
export { importDatabase } from './import';
export { TransferRefused } from './transfer-error';
