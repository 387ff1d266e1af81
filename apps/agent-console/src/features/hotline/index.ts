export { HotlinePage } from './hotline-page';
