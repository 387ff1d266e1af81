export { PresenceMenu } from './presence-menu';
