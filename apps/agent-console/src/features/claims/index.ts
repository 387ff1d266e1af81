export { ClaimPage } from './claim-page';
export { ClaimsPage } from './claims-page';
