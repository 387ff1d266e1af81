export { NeedsLookPage } from './needs-look-page';
