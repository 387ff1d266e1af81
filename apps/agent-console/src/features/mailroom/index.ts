export { MailroomPage } from './mailroom-page';
