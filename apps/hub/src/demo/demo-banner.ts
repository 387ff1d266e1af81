import type { DemoManifest } from '@claimline/protocol';
import { DEMO_ADJUSTER } from './seed/cast';

const WIDTH = 78;

/** What the person who started the demo reads first: where to look, and how to sign in. */
export function bannerOf(manifest: DemoManifest): string {
  const rule = '─'.repeat(WIDTH);
  const shown = [`${DEMO_ADJUSTER}@`, 'zhou.min@', 'he.jing@', 'lin.tao@'].flatMap(
    (start) => manifest.people.find(({ email }) => email.startsWith(start)) ?? [],
  );
  const lines = [
    '  Claimline is running, with a made-up insurer to try it on.',
    '',
    `  Start here    ${manifest.hub}/demo`,
    `  Console       ${manifest.hub}/`,
    `  API           ${manifest.hub}/api/docs`,
    '',
    '  Sign in as',
    ...shown.map(({ role, email, password }) => `    ${role.padEnd(14)}${email.padEnd(34)}${password}`),
    '',
    `  Everybody and everything else: ${manifest.hub}/demo/manifest.json`,
  ];
  return ['', rule, ...lines, rule, ''].join('\n');
}
