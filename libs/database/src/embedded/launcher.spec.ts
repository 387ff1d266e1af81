import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { findBinaries } from './binaries';
import {
  embeddedAddress,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
  stopEmbeddedPostgres,
} from './launcher';
import { machineBytes, memoryFor, sizeOfData } from './memory';
import { preparePlace } from './place';
import { readPostmasterFile } from './postmaster-file';
import { isAlive } from './process-table';
import { launchServer, type LaunchRequest, stopServer } from './server';
import { DEFAULT_SETTINGS } from './settings';
import { type ChildHub, compileLauncher, makeOpenFolder, makeZombie, startChildHub } from './testing/child-hub';

const isRoot = process.getuid?.() === 0;
/** Rows of another user need root to become that user; rows of root need root. Run the tests once as root and once as anybody to see them all. */
const asRoot = isRoot ? it : it.skip;
const onLinux = process.platform === 'linux' ? it : it.skip;
const NOBODY = 65_534;
const SMALL = { fsync: 'off', shared_buffers: '32MB', max_connections: '20' };
const installed = findBinaries();

let driver: string;
/** A stopped database that most tests take a copy of, because making one takes longer than everything else they do. */
let madeBefore: string;
const folders: string[] = [];
const servers: EmbeddedPostgres[] = [];
const hubs: ChildHub[] = [];
const strangers: ChildProcess[] = [];

beforeAll(async () => {
  driver = compileLauncher();
  madeBefore = path.join(makeOpenFolder(), 'postgres');
  await (await startEmbeddedPostgres({ dataDir: madeBefore, settings: SMALL })).stop();
});
afterAll(() => [driver, madeBefore].forEach((file) => rmSync(path.dirname(file), { recursive: true })));

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
  for (const hub of hubs.splice(0)) await hub.stop();
  for (const stranger of strangers.splice(0)) stranger.kill('SIGKILL');
  for (const folder of folders.splice(0)) {
    for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (path.basename(entry) === 'postmaster.pid') await stopEmbeddedPostgres(path.join(folder, path.dirname(entry)));
    }
    rmSync(folder, { recursive: true });
  }
});

function newFolder(): string {
  const folder = makeOpenFolder();
  folders.push(folder);
  return folder;
}

/** The path of a database that was stopped properly, in a folder of the test's own. */
function newDatabase(): string {
  const dataDir = path.join(newFolder(), 'postgres');
  for (const suffix of ['', '.password']) execFileSync('cp', ['-a', `${madeBefore}${suffix}`, `${dataDir}${suffix}`]);
  return dataDir;
}

async function start(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ settings: SMALL, ...options });
  servers.push(server);
  return server;
}

async function startHub(options: EmbeddedPostgresOptions, uid?: number): Promise<ChildHub> {
  const hub = await startChildHub(driver, { settings: SMALL, binaries: installed.folder, ...options }, uid);
  hubs.push(hub);
  return hub;
}

async function query<Row extends object>(url: string | undefined, text: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

async function remember(url: string | undefined): Promise<void> {
  await query(url, 'CREATE TABLE kept (word text)');
  await query(url, "INSERT INTO kept VALUES ('kept')");
}

const remembered = (url: string | undefined) => query(url, 'SELECT word FROM kept');
const postmasterPid = (dataDir: string) => readPostmasterFile(dataDir)?.pid ?? 0;

async function listen(): Promise<{ listener: Server; port: number }> {
  const listener = createServer();
  await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done));
  const address = listener.address();
  return { listener, port: address !== null && typeof address === 'object' ? address.port : 0 };
}

function launchOf(dataDir: string): LaunchRequest {
  const log = (): void => undefined;
  const place = preparePlace({ dataDir, shelter: path.dirname(dataDir), log });
  return { binaries: installed, place, settings: { ...DEFAULT_SETTINGS, ...SMALL }, logFile: `${dataDir}.log`, log };
}

/** The package's files as npm unpacks them when it runs no install scripts: without a single link. */
function unpackWithoutScripts(folder: string): string {
  const native = path.join(folder, 'package', 'native');
  cpSync(installed.folder, native, { recursive: true, filter: (source) => !lstatSync(source).isSymbolicLink() });
  copyFileSync(path.join(installed.folder, '..', 'package.json'), path.join(folder, 'package', 'package.json'));
  return native;
}

describe('a first start', () => {
  it('makes the database claimline, keeps its rows over a stop and leaves no process', async () => {
    const dataDir = path.join(newFolder(), '.data', 'postgres');
    const first = await start({ dataDir });
    const pid = postmasterPid(first.dataDir);
    expect(first).toMatchObject({ adopted: false, url: expect.stringMatching(/\/claimline(\?host=|$)/) });
    await remember(first.url);
    await first.stop();
    expect(isAlive(pid)).toBe(false);
    expect(await remembered((await start({ dataDir })).url)).toEqual([{ word: 'kept' }]);
  });

  it('tells when its process has been started, before it is ready; a server that already runs is not told', async () => {
    const dataDir = newDatabase();
    const told: string[] = [];
    await start({ dataDir, launched: () => told.push(readPostmasterFile(dataDir)?.status ?? 'no word yet') });
    expect(told).toEqual(['no word yet']);
    await start({ dataDir, launched: () => told.push('again') });
    expect(told).toHaveLength(1);
  });

  it('sorts the same everywhere: the builtin locale C.UTF-8', async () => {
    const server = await start({ dataDir: path.join(newFolder(), 'postgres') });
    const locale = await query(
      server.url,
      'SELECT datlocprovider AS provider, datlocale AS name FROM pg_database WHERE datname = current_database()',
    );
    expect(locale).toEqual([{ provider: 'b', name: 'C.UTF-8' }]);
    const sorted = await query(server.url, "SELECT word FROM (VALUES ('b'), ('B'), ('ä'), ('a'), ('张')) words(word) ORDER BY word");
    expect(sorted.map((row) => Object.values(row)[0])).toEqual(['B', 'a', 'b', 'ä', '张']);
    expect(await query(server.url, "SELECT upper('ä') AS upper")).toEqual([{ upper: 'Ä' }]);
  });

  it('is listening on loopback only, without compiling plans, and waits for the disk', async () => {
    const server = await start({ dataDir: newDatabase() });
    const settings = await query(
      server.url,
      "SELECT name, setting FROM pg_settings WHERE name IN ('listen_addresses', 'jit', 'synchronous_commit', 'TimeZone') ORDER BY name",
    );
    expect(Object.fromEntries(settings.map((row) => Object.values(row)))).toEqual({
      TimeZone: 'UTC',
      jit: 'off',
      listen_addresses: '127.0.0.1',
      synchronous_commit: 'on',
    });
  });

  onLinux('is reached by a socket among its data, and by its port on the loopback', async () => {
    const server = await start({ dataDir: newDatabase() });
    const way = async (url: string) => (await query(url, 'SELECT inet_client_addr() AS host'))[0];
    expect(await way(server.url)).toEqual({ host: null });
    expect(await way(server.url.replace(/\?.*/, ''))).toEqual({ host: '127.0.0.1' });
    expect(embeddedAddress(server.dataDir)).toBe(server.url);
    expect(() => embeddedAddress(newFolder())).toThrow('No PostgreSQL runs');
  });

  it.each<[string, (dataDir: string) => Pick<EmbeddedPostgresOptions, 'dataDir' | 'settings'>]>([
    ['its path is longer than a socket may have', (dataDir) => ({ dataDir: path.join(dataDir, 'd'.repeat(100), 'postgres') })],
    [
      'PostgreSQL can make none there',
      (dataDir) => {
        const folder = path.join(dataDir, 's'.repeat(100));
        mkdirSync(folder, { recursive: true });
        execFileSync('chmod', ['-R', '777', dataDir]); // under root the server is another user
        return { dataDir: path.join(dataDir, 'postgres'), settings: { ...SMALL, unix_socket_directories: folder } };
      },
    ],
  ])('is reached by its port where no socket can be: %s', async (_, options) => {
    const server = await start(options(newFolder()));
    expect(await query(server.url, 'SELECT inet_client_addr() AS host')).toEqual([{ host: '127.0.0.1' }]);
  });

  it('gets memory by the size of its data', async () => {
    const dataDir = newDatabase();
    const buffers = async (): Promise<unknown> => {
      const server = await startEmbeddedPostgres({ dataDir, settings: { fsync: 'off' } });
      const [row] = await query<{ mb: number }>(
        server.url,
        `SELECT setting::int / 128 AS mb FROM pg_settings WHERE name = 'shared_buffers'`,
      );
      await server.stop();
      return row!.mb;
    };
    expect(await buffers()).toBe(256);
    // A file with nothing in it, of the size of half a gigabyte.
    writeFileSync(path.join(dataDir, 'base', '1', '999999'), '');
    truncateSync(path.join(dataDir, 'base', '1', '999999'), 512 * 1024 ** 2);
    const { shared_buffers: wished } = memoryFor({ dataBytes: sizeOfData(dataDir), machineBytes: machineBytes() });
    expect(`${String(await buffers())}MB`).toBe(wished);
    expect(wished).not.toBe('256MB');
  });

  it('begins again when the last one was cut short while the database was being made', async () => {
    const dataDir = newDatabase();
    writeFileSync(`${dataDir}.unfinished`, '');
    rmSync(path.join(dataDir, 'global', 'pg_control'));
    expect(await query((await start({ dataDir })).url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('takes another port when the picked one is taken', async () => {
    const dataDir = newDatabase();
    const taken = await listen();
    const free = await listen();
    await new Promise((done) => free.listener.close(done));
    const ports = [taken.port, free.port];
    const lines: string[] = [];
    const log = (line: string) => lines.push(line);
    const server = await launchServer({ ...launchOf(dataDir), log, pickPort: () => Promise.resolve(ports.shift() ?? 0) });
    await stopServer(server.pid, installed, dataDir);
    await new Promise((done) => taken.listener.close(done));
    expect(server.port).toBe(free.port);
    expect(lines).toEqual([`Port ${taken.port} is taken, trying another`]);
  });
});

describe('a server that already runs', () => {
  it('is adopted after the hub was killed, with its rows', async () => {
    const dataDir = newDatabase();
    const killed = await startHub({ dataDir });
    await remember(killed.url);
    const pid = postmasterPid(killed.dataDir ?? '');
    await killed.kill();
    const next = await start({ dataDir });
    expect(next).toMatchObject({ adopted: true, port: killed.port, url: killed.url });
    expect(await remembered(next.url)).toEqual([{ word: 'kept' }]);
    await next.stop();
    expect(isAlive(pid)).toBe(false);
  });

  onLinux('is adopted by its port after its folder was renamed, which its socket does not follow', async () => {
    const dataDir = newDatabase();
    const killed = await startHub({ dataDir });
    await remember(killed.url);
    await killed.kill();
    const renamed = path.join(path.dirname(dataDir), 'renamed');
    for (const suffix of ['', '.password', '.holders']) renameSync(`${dataDir}${suffix}`, `${renamed}${suffix}`);
    const next = await start({ dataDir: renamed });
    expect(next).toMatchObject({ adopted: true, port: killed.port });
    expect(await remembered(next.url)).toEqual([{ word: 'kept' }]);
  });

  it('comes back at its port, with its rows, after it was killed or stopped by hand', async () => {
    const dataDir = newDatabase();
    const server = await start({ dataDir });
    await remember(server.url);
    expect(await server.revive()).toBe(false);
    for (const signal of ['SIGKILL', 'SIGINT'] as const) {
      const pid = postmasterPid(server.dataDir);
      process.kill(pid, signal);
      while (isAlive(pid)) await sleep(20);
      expect(await server.revive()).toBe(true);
      expect(await remembered(server.url)).toEqual([{ word: 'kept' }]);
    }
    expect(await server.revive()).toBe(false);
  });

  onLinux('comes back by its socket or not at all: whoever is connected knows no other way', async () => {
    const dataDir = newDatabase();
    const { port, stop } = await start({ dataDir });
    await stop();
    const again = { ...launchOf(dataDir), reach: { port, socketFolder: path.join(dataDir, 's'.repeat(100)) } };
    await expect(launchServer(again)).rejects.toThrow('could not create any Unix-domain sockets');
    expect(await launchServer({ ...again, reach: { port, socketFolder: dataDir } })).toMatchObject({ port, socketFolder: dataDir });
    await stopEmbeddedPostgres(dataDir);
  });

  it('serves two hubs that start at once, and the last one to leave stops it', async () => {
    const dataDir = newDatabase();
    const [one, two] = await Promise.all([startHub({ dataDir }), startHub({ dataDir })]);
    expect([one.error, two.error]).toEqual([undefined, undefined]);
    expect([one.adopted, two.adopted].sort()).toEqual([false, true]);
    expect(one.port).toBe(two.port);
    const pid = postmasterPid(one.dataDir ?? '');
    const starter = one.adopted ? two : one;
    await starter.stop();
    expect(isAlive(pid)).toBe(true);
    await (starter === one ? two : one).stop();
    expect(isAlive(pid)).toBe(false);
  });

  it('is stopped by the last living hub although another one died without leaving', async () => {
    const dataDir = newDatabase();
    const dead = await startHub({ dataDir });
    const living = await start({ dataDir });
    await dead.kill();
    const pid = postmasterPid(living.dataDir);
    await living.stop();
    expect(isAlive(pid)).toBe(false);
  });

  it('is started although a hub died while it held the lock', async () => {
    const dataDir = newDatabase();
    mkdirSync(`${dataDir}.lock`);
    const recycledPid = `${process.pid}-1-beefbeef`;
    writeFileSync(path.join(`${dataDir}.lock`, recycledPid), '');
    expect((await start({ dataDir })).adopted).toBe(false);
  });
});

describe('a PostgreSQL that was killed', () => {
  onLinux('leaves no socket behind that the next one does not use', async () => {
    const dataDir = newDatabase();
    await start({ dataDir });
    process.kill(postmasterPid(dataDir), 'SIGKILL');
    while (isAlive(postmasterPid(dataDir))) await sleep(20);
    writeFileSync(path.join(dataDir, '.s.PGSQL.1.lock'), '');
    const next = await start({ dataDir });
    const sockets = readdirSync(dataDir).filter((name) => name.startsWith('.s.'));
    expect(sockets.sort()).toEqual([`.s.PGSQL.${next.port}`, `.s.PGSQL.${next.port}.lock`]);
  });

  it('starts again with its rows, and a session that outlived it is ended first', async () => {
    const dataDir = newDatabase();
    const before = await start({ dataDir });
    await remember(before.url);
    const busy = new Client({ connectionString: before.url });
    busy.on('error', () => undefined);
    await busy.connect();
    const { rows } = await busy.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    // a loop that never waits does not notice that its server is gone
    const loop = busy.query('DO $$ BEGIN LOOP PERFORM 1; END LOOP; END $$').catch(() => 'ended');
    await sleep(100);
    process.kill(postmasterPid(before.dataDir), 'SIGKILL');
    const after = await start({ dataDir });
    expect(await loop).toBe('ended');
    expect(isAlive(rows[0]?.pid ?? 0)).toBe(false);
    expect(after.adopted).toBe(false);
    expect(await remembered(after.url)).toEqual([{ word: 'kept' }]);
    await busy.end().catch(() => undefined);
  });

  /** Writes the pid file a killed server leaves, naming a process that is somebody else by now. */
  async function startOverPidFile(pid: number): Promise<{ server: EmbeddedPostgres; lines: string[] }> {
    const dataDir = newDatabase();
    const file = path.join(dataDir, 'postmaster.pid');
    writeFileSync(file, `${pid}\n${dataDir}\n1700000000\n5432\n\n127.0.0.1\n  0\nready\n`);
    const { uid, gid } = statSync(dataDir);
    chownSync(file, uid, gid);
    const lines: string[] = [];
    return { server: await start({ dataDir, log: (line) => lines.push(line) }), lines };
  }

  onLinux('is not confused by a zombie with its pid', async () => {
    const folder = newFolder();
    const zombie = await makeZombie(folder);
    strangers.push(zombie.parent);
    while (!/\) Z /.test(readFileSync(`/proc/${zombie.pid}/stat`, 'utf8'))) await sleep(10);
    const { server, lines } = await startOverPidFile(zombie.pid);
    expect(server.adopted).toBe(false);
    expect(lines).toEqual([expect.stringContaining(`process ${zombie.pid} is not ours`)]);
  });

  onLinux('is not confused by a stranger with its pid, even one called postgres', async () => {
    const folder = newFolder();
    mkdirSync(path.join(folder, 'bin'));
    copyFileSync('/bin/sleep', path.join(folder, 'bin', 'postgres'));
    chmodSync(path.join(folder, 'bin', 'postgres'), 0o755);
    const stranger = spawn(path.join(folder, 'bin', 'postgres'), ['60'], { cwd: folder });
    strangers.push(stranger);
    const { server } = await startOverPidFile(stranger.pid ?? 0);
    expect(server.adopted).toBe(false);
    expect(isAlive(stranger.pid ?? 0)).toBe(true);
  });

  onLinux('is not confused by any other living process with its pid', async () => {
    const { server } = await startOverPidFile(process.pid);
    expect(server.adopted).toBe(false);
  });
});

describe('install scripts and read-only installs', () => {
  it('makes the links itself when npm ran no install scripts', async () => {
    const folder = newFolder();
    const binaries = unpackWithoutScripts(folder);
    const server = await start({ dataDir: path.join(folder, 'postgres'), binaries });
    expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(lstatSync(path.join(binaries, 'lib', 'libpq.so.5'), { throwIfNoEntry: false })?.isSymbolicLink()).toBe(true);
  });

  asRoot('runs from a copy when node_modules is read-only', async () => {
    const folder = newFolder();
    const binaries = unpackWithoutScripts(folder);
    const home = path.join(folder, 'home');
    mkdirSync(home);
    chownSync(home, NOBODY, NOBODY);
    const hub = await startHub({ dataDir: path.join(home, 'postgres'), binaries }, NOBODY);
    expect(hub.error).toBeUndefined();
    expect(hub.log).toEqual([expect.stringContaining('is read-only')]);
    expect(existsSync(path.join(home, `postgres-${installed.version}`, 'native', 'bin', 'postgres'))).toBe(true);
    expect(await query(hub.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  asRoot('does not run from a copy that others may change', async () => {
    const folder = newFolder();
    const binaries = unpackWithoutScripts(folder);
    const home = path.join(folder, 'home');
    mkdirSync(path.join(home, `postgres-${installed.version}`), { recursive: true });
    chownSync(home, NOBODY, NOBODY);
    const hub = await startHub({ dataDir: path.join(home, 'postgres'), binaries }, NOBODY);
    expect(hub.error).toMatch(/is not trusted.*DATABASE_URL/);
  });
});

describe('as root', () => {
  asRoot('PostgreSQL runs as another account, and later as the owner of the data', async () => {
    const dataDir = newDatabase();
    const server = await start({ dataDir });
    const owner = statSync(`/proc/${postmasterPid(server.dataDir)}`).uid;
    expect(owner).not.toBe(0);
    await server.stop();
    const entries = readdirSync(dataDir, { recursive: true, encoding: 'utf8' });
    for (const entry of ['', ...entries]) chownSync(path.join(dataDir, entry), NOBODY, NOBODY);
    const again = await start({ dataDir });
    expect(statSync(`/proc/${postmasterPid(again.dataDir)}`).uid).toBe(NOBODY);
  });

  asRoot('takes over data that root copied here', async () => {
    const dataDir = newDatabase();
    const server = await start({ dataDir });
    await remember(server.url);
    await server.stop();
    const entries = readdirSync(dataDir, { recursive: true, encoding: 'utf8' });
    for (const entry of ['', ...entries]) chownSync(path.join(dataDir, entry), 0, 0);
    expect(await remembered((await start({ dataDir })).url)).toEqual([{ word: 'kept' }]);
  });

  asRoot(
    'a checkout below a private folder works: data and programs lie where the account can reach, and a later start finds them',
    async () => {
      const folder = newFolder();
      const home = path.join(folder, 'root');
      mkdirSync(home, { mode: 0o700 });
      const binaries = unpackWithoutScripts(home);
      const options = { dataDir: path.join(home, '.data', 'postgres'), binaries, shelter: path.join(folder, 'shelter') };
      const lines: string[] = [];
      const server = await start({ ...options, log: (line) => lines.push(line) });
      expect(server.dataDir.startsWith(options.shelter)).toBe(true);
      expect(lines).toEqual([expect.stringContaining('The database lies in'), expect.stringContaining('runs from a copy')]);
      await remember(server.url);
      await server.stop();
      const again = await start(options);
      expect(again.dataDir).toBe(server.dataDir);
      expect(await remembered(again.url)).toEqual([{ word: 'kept' }]);
    },
  );

  asRoot('parents that it makes can be passed by others', async () => {
    const folder = newFolder();
    await start({ dataDir: path.join(folder, 'a', 'b', 'postgres') });
    expect(statSync(path.join(folder, 'a', 'b')).mode & 0o055).toBe(0o055);
  });

  asRoot('refuses a folder that a stranger laid into a directory everybody may write to', async () => {
    const shared = newFolder();
    chmodSync(shared, 0o1777);
    const planted = path.join(shared, 'claimline');
    mkdirSync(planted);
    chownSync(planted, 12_345, 12_345);
    await expect(start({ dataDir: path.join(planted, 'postgres') })).rejects.toThrow(
      /belongs to user id 12345: it is not trusted.*DATABASE_URL/,
    );
    expect(readdirSync(planted)).toEqual([]);
  });
});

describe('one clear sentence that names DATABASE_URL', () => {
  asRoot('when the data belongs to somebody else', async () => {
    const dataDir = newDatabase();
    chownSync(path.dirname(dataDir), NOBODY, NOBODY);
    const hub = await startHub({ dataDir }, NOBODY);
    expect(hub.error).toMatch(/belongs to user id \d+, but this process is user id 65534.*DATABASE_URL/);
  });

  asRoot('when the user has no name', async () => {
    const folder = newFolder();
    chownSync(folder, 54_321, 54_321);
    const hub = await startHub({ dataDir: path.join(folder, 'postgres') }, 54_321);
    expect(hub.error).toMatch(/user id 54321 has no entry in \/etc\/passwd.*DATABASE_URL/);
  });

  asRoot('when the folder may not be written to', async () => {
    const hub = await startHub({ dataDir: path.join(newFolder(), 'postgres') }, NOBODY);
    expect(hub.error).toMatch(/cannot be made or written to \(EACCES\).*DATABASE_URL/);
  });

  it('when another PostgreSQL major made the data', async () => {
    const dataDir = newDatabase();
    writeFileSync(path.join(dataDir, 'PG_VERSION'), '15\n');
    await expect(start({ dataDir })).rejects.toThrow(/made by PostgreSQL 15, but the embedded one is 18.*DATABASE_URL/);
  });

  it('when the password of the data is gone', async () => {
    const dataDir = newDatabase();
    rmSync(`${dataDir}.password`);
    await expect(start({ dataDir })).rejects.toThrow(/password file .* is missing.*DATABASE_URL/);
  });

  it('when the server runs but refuses the password', async () => {
    const dataDir = newDatabase();
    await start({ dataDir });
    writeFileSync(`${dataDir}.password`, 'wrong\n');
    await expect(start({ dataDir })).rejects.toThrow(/does not let Claimline in .*DATABASE_URL/);
  });
});
