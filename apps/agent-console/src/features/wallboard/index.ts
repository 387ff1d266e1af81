export { TeamPage } from './team-page';
export { WallboardPage } from './wallboard-page';
