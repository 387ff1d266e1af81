export { ReportPage } from './report-page';
export { ReportsPage, useNewReport } from './reports-page';
