import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DIST } from '../world/built';

const root = path.join(__dirname, '../..');

// Loads every module of the hub without starting it, and prints which files that took.
const LOAD = `require('reflect-metadata'); require(process.argv[1]); console.log(JSON.stringify(Object.keys(require.cache)));`;

it('a hub that nobody asks for anything has not loaded what it needs for mail, pictures, files and calls only', () => {
  const { lazy } = (JSON.parse(readFileSync(path.join(root, '.swcrc'), 'utf8')) as { module: { lazy: string[] } }).module;
  const loaded = JSON.parse(
    execFileSync(process.execPath, ['-e', LOAD, path.join(DIST, 'apps/hub/src/hub.js')], { encoding: 'utf8' }),
  ) as string[];
  expect(lazy).toContain('sharp');
  expect(lazy.filter((name) => loaded.some((file) => file.includes(`/node_modules/${name}`)))).toEqual([]);
});
