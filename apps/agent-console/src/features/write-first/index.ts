export { WriteFirstDialog } from './write-first-dialog';
