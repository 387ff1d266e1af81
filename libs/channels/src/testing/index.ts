export * from './contract';
export * from './contract-harness';
export * from './log-recorder';
export * from './mail-receiver';
export * from './memory-state';
export * from './socket-receiver';
export * from './stage';
