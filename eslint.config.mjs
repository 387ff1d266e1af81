// The rules of the house. Run them through nx (`npm run lint`): without its project graph the import rule checks nothing.
import nx from '@nx/eslint-plugin';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import { boundaries } from './tools/lint-rooms.mjs';
import siblings from './tools/lint-siblings.mjs';

const tests = ['**/*.spec.ts', '**/*.spec.tsx', '**/testing/**', 'test/**', 'bench/**'];
const web = ['apps/agent-console/**/*.{ts,tsx}', 'apps/customer-web/**/*.{ts,tsx}'];

const walls = (options) => ['error', { enforceBuildableLibDependency: false, allow: [], depConstraints: boundaries(options) }];

const doors = {
  regex: '^@claimline/(?!(channels/(simulators|testing)|(conversations|database)/testing)$)[^/]+/',
  message: 'Enter a room by its door: import from @claimline/<room>.',
};
const testDoors = {
  regex: '^@claimline/(channels/(simulators|testing)|(conversations|database)/testing)$',
  message: 'Simulators and test doors are for tests, the sandbox and the benches.',
};
const sql = {
  group: ['typeorm', 'typeorm/*', 'pg'],
  message: 'SQL lives in *.entity.ts and *.repository.ts; a decision or a service calls a repository.',
};
const onlySimulators = {
  regex: '^@claimline/channels$',
  message: 'The sandbox knows the simulators only: import from @claimline/channels/simulators.',
};
const imports = (...patterns) => ['error', { patterns }];

const noEnvironment = [
  { object: 'process', property: 'env', message: 'Only config.ts reads the environment; take the value as an argument.' },
];

const fewParameters = [
  ':matches(FunctionDeclaration, ArrowFunctionExpression, TSEmptyBodyFunctionExpression)[params.length>4]',
  ':not(MethodDefinition[kind="constructor"]) > FunctionExpression[params.length>4]',
].map((selector) => ({ selector, message: 'At most four parameters: take one object with named fields.' }));

// What changes by the clock alone is read again at the moment at which it does; everything else is told by events.
const noPolling = {
  selector: 'Property[key.name="refetchInterval"][value.type!="ArrowFunctionExpression"]',
  message: 'No screen asks again and again: take untilNext() of the moments at which something changes.',
};

const typesOf = (files, project) => ({ files, languageOptions: { parserOptions: { project, tsconfigRootDir: import.meta.dirname } } });

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      '**/.data/**',
      '**/tmp/**',
      '**/*.js',
      '**/*.cjs',
      '**/*.mjs',
      '**/*.d.ts',
      'bench/results/**',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    plugins: { '@nx': nx, claimline: siblings },
    rules: {
      '@nx/enforce-module-boundaries': walls({ tests: false }),
      'no-restricted-imports': imports(doors, testDoors),
      'no-restricted-properties': ['error', ...noEnvironment],
      'no-restricted-syntax': ['error', ...fewParameters],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
      'max-depth': ['error', 3],
      'no-console': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false, arguments: false } }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
    },
  },
  // One program for everything on Node: a program per room would check the same packages fifteen times.
  typesOf(['apps/hub/**/*.ts', 'apps/sandbox/**/*.ts', 'libs/**/*.ts', 'bench/**/*.ts'], 'tsconfig.json'),
  typesOf(['test/**/*.ts'], 'test/tsconfig.json'),
  ...['agent-console', 'customer-web'].map((app) => typesOf([`apps/${app}/**/*.{ts,tsx}`], `apps/${app}/tsconfig.json`)),
  // Domain rooms: SQL in entities and repositories only.
  {
    files: ['libs/{conversations,claims,routing,delivery,notifications,files,people,quality,assist}/**/*.ts'],
    ignores: ['**/*.entity.ts', '**/*.repository.ts', ...tests],
    rules: { 'no-restricted-imports': imports(doors, testDoors, sql) },
  },
  // Folders that never import the folder beside them.
  {
    files: ['libs/channels/src/**/*.ts'],
    rules: { 'claimline/no-siblings': ['error', { parent: 'libs/channels/src', shared: ['vendors', 'testing'] }] },
  },
  {
    files: ['apps/agent-console/src/features/**/*.{ts,tsx}'],
    rules: { 'claimline/no-siblings': ['error', { parent: 'apps/agent-console/src/features' }] },
  },
  {
    files: web,
    plugins: { 'react-hooks': reactHooks },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      'no-restricted-syntax': ['error', ...fewParameters, noPolling],
    },
  },
  { files: ['**/*.tsx'], rules: { 'max-lines-per-function': ['error', { max: 150, skipBlankLines: true, skipComments: true }] } },
  { files: ['apps/sandbox/**/*.ts'], rules: { 'no-restricted-imports': imports(doors, onlySimulators) } },
  // config.ts reads the environment, and a program may speak to the person who started it.
  { files: ['**/config.ts'], rules: { 'no-restricted-properties': 'off' } },
  { files: ['**/main.ts'], rules: { 'no-console': 'off' } },
  // Builds of the web apps are node programs with tools of their own.
  {
    files: ['apps/*/vite*.config.ts'],
    rules: { '@nx/enforce-module-boundaries': 'off', 'no-restricted-properties': 'off' },
  },
  {
    files: tests,
    rules: {
      '@nx/enforce-module-boundaries': walls({ tests: true }),
      'no-restricted-imports': imports(doors),
      'no-restricted-properties': 'off',
      'no-console': 'off',
      'max-lines': 'off',
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-explicit-any': 'off',
    },
  },
);
