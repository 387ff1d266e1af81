export * from './channel-family';
export * from './events';
