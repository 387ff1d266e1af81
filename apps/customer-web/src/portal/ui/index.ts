export * from './button';
export * from './card';
export * from './field';
export * from './note';
