export * from './events';
export * from './account/accounts.repository';
export * from './account/api-keys.repository';
export * from './account/audit.repository';
export * from './account/passwords';
export * from './account/sessions.repository';
