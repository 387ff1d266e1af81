export { CatastrophesPage } from './catastrophes-page';
