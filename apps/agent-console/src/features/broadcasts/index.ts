export { BroadcastsPage } from './broadcasts-page';
