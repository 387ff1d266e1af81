export { ComplaintPage } from './complaint-page';
export { ComplaintReportPage } from './report-page';
export { ComplaintsPage } from './complaints-page';
