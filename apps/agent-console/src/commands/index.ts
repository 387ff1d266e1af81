export * from './commands';
export * from './keys-label';
