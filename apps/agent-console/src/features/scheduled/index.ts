export { ScheduledPage } from './scheduled-page';
