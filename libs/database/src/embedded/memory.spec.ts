import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { machineBytes, memoryFor, sizeOfData } from './memory';

const GB = 1024 ** 3;

test.each([
  { what: 'a new database', data: 0.03, machine: 24, buffers: '256MB', cache: '1024MB' },
  { what: 'a small one', data: 0.25, machine: 24, buffers: '256MB', cache: '1024MB' },
  { what: 'one of some gigabytes: as much as it has', data: 2.5, machine: 24, buffers: '2560MB', cache: '5120MB' },
  { what: 'a large one: a quarter of the machine', data: 27, machine: 24, buffers: '6144MB', cache: '12288MB' },
  { what: 'a large one on a small machine', data: 27, machine: 2, buffers: '512MB', cache: '1024MB' },
  { what: 'a large one where hardly anything is to be had', data: 27, machine: 0.5, buffers: '256MB', cache: '1024MB' },
])('$what', ({ data, machine, buffers, cache }) => {
  const settings = memoryFor({ dataBytes: data * GB, machineBytes: machine * GB });
  expect([settings.shared_buffers, settings.effective_cache_size]).toEqual([buffers, cache]);
});

test('pages of a large database are fetched many at a time; a small one starts no processes for that', () => {
  expect(memoryFor({ dataBytes: 27 * GB, machineBytes: 24 * GB })).toMatchObject({ effective_io_concurrency: '32', io_workers: '8' });
  expect(Object.keys(memoryFor({ dataBytes: 0, machineBytes: 24 * GB }))).toEqual(['shared_buffers', 'effective_cache_size']);
});

test('the size of the data is that of all files of its databases; before there are any it is nothing', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'memory-'));
  try {
    expect(sizeOfData(folder)).toBe(0);
    for (const [database, bytes] of [
      ['1', 100],
      ['16384', 5000],
    ] as const) {
      mkdirSync(path.join(folder, 'base', database), { recursive: true });
      writeFileSync(path.join(folder, 'base', database, '2600'), Buffer.alloc(bytes));
    }
    expect(sizeOfData(folder)).toBe(5100);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the machine has some memory', () => {
  expect(machineBytes()).toBeGreaterThan(GB / 4);
});
