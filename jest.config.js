// One configuration for every kind of test: decisions, storage, edges, stories and browsers (see README.md of `test/`).
const { existsSync, readFileSync } = require('node:fs');
const path = require('node:path');

const swc = JSON.parse(readFileSync(path.join(__dirname, '.swcrc'), 'utf8'));
delete swc.$schema;
swc.jsc.baseUrl = __dirname;
swc.sourceMaps = 'inline';
swc.swcrc = false;
const typed = (tsx) => ({
  ...swc,
  jsc: { ...swc.jsc, parser: { ...swc.jsc.parser, tsx }, transform: { ...swc.jsc.transform, react: { runtime: 'automatic' } } },
});
const script = { ...swc, jsc: { target: swc.jsc.target, parser: { syntax: 'ecmascript' } } };

// Published as ES modules only. Node can require() them, jest's module loader cannot: swc turns them into CommonJS.
const esModules = [
  'openid-client',
  'oauth4webapi',
  'jose',
  'email-reply-parser',
  'file-type',
  'strtok3',
  'token-types',
  '@tokenizer',
  'uint8array-extras',
  '@borewit',
];

// The aliases of tsconfig.base.json; swc rewrites them in compiled code, this serves jest.mock and jest.requireActual.
const aliases = Object.fromEntries(Object.entries(swc.jsc.paths).map(([alias, [file]]) => [`^${alias}$`, path.join(__dirname, file)]));

// Starts and stops the PostgreSQL server that all test databases live on.
const server = (file) => path.join(__dirname, 'libs/database/src/testing', file);
const present = (key, file) => (existsSync(file) ? { [key]: file } : {});

/** @type {import('jest').Config} */
module.exports = {
  rootDir: __dirname,
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test', '<rootDir>/bench'],
  testMatch: ['**/*.spec.ts', '**/*.spec.tsx'],
  testEnvironment: path.join(__dirname, 'tools/test-environment.cjs'),
  transform: {
    '\\.ts$': ['@swc/jest', typed(false)],
    '\\.tsx$': ['@swc/jest', typed(true)],
    '\\.m?js$': ['@swc/jest', script],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esModules.join('|')})/)`],
  moduleFileExtensions: ['ts', 'tsx', 'js', 'mjs', 'json', 'node'],
  moduleNameMapper: {
    ...aliases,
    '^file-type$': path.join(__dirname, 'node_modules/file-type/index.js'),
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data/', '<rootDir>/tmp/'],
  ...present('globalSetup', server('global-setup.ts')),
  ...present('globalTeardown', server('global-teardown.ts')),
  testTimeout: 120_000, // Longer than any wait inside: a test fails with what it waited for.
  maxWorkers: 2,
};
