export { SatisfactionPage } from './satisfaction-page';
