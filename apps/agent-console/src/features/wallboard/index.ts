export { WallboardPage } from './wallboard-page';
