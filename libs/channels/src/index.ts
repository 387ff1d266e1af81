export * from './all';
export * from './channel-kind';
export * from './simulator';
