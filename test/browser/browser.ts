import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { chromium, type Browser, type LaunchOptions } from 'playwright-core';

/** What a test may wish of its browser; everything else is the same for all, so that runs can be compared. */
export type BrowserWishes = Pick<LaunchOptions, 'headless' | 'slowMo' | 'timeout'>;

const systemBrowsers = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const quiet = [
  '--no-sandbox', // containers and root have no user namespaces for it; the pages under test are our own
  '--disable-dev-shm-usage', // /dev/shm of a container is too small for it
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts a Chromium: the one `CHROME_PATH` names, else the system's, else the one inside `@sparticuz/chromium` (Linux x64). Close it after use.
 * Rejects where none is found. `IGNORE_SYSTEM_CHROME` skips the second step.
 */
export async function launchBrowser(wishes: BrowserWishes = {}): Promise<Browser> {
  const chosen = process.env.CHROME_PATH ?? systemBrowser();
  const found = chosen ? { executablePath: chosen } : packagedBrowser();
  return chromium.launch({ headless: true, ...wishes, ...found, args: quiet });
}

function systemBrowser(): string | undefined {
  if (process.env.IGNORE_SYSTEM_CHROME) return undefined;
  return systemBrowsers.find((file) => existsSync(file));
}

type Found = Pick<LaunchOptions, 'executablePath' | 'env'>;

function packagedBrowser(): Found {
  const folder = path.join(__dirname, '../../node_modules/@sparticuz/chromium');
  if (process.platform !== 'linux' || process.arch !== 'x64' || !existsSync(folder)) {
    throw new Error('No Chromium found: install Chrome or Chromium, or name one in CHROME_PATH.');
  }
  const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as { version: string };
  const home = path.join(os.tmpdir(), `claimline-chromium-${version}-${process.getuid?.() ?? 0}`);
  if (!existsSync(home)) unpack(path.join(folder, 'bin'), home);
  trust(home);
  const own = { LD_LIBRARY_PATH: path.join(home, 'lib'), FONTCONFIG_FILE: path.join(home, 'fonts.conf') };
  return { executablePath: path.join(home, 'chromium'), env: { ...(process.env as Record<string, string>), ...own } };
}

/** A folder with a name that anybody can guess, below a folder that anybody can write to, may hold somebody else's program. */
function trust(home: string): void {
  const { uid, mode } = lstatSync(home);
  const ours = process.getuid?.() ?? uid;
  if (uid !== ours || (mode & 0o022) !== 0)
    throw new Error(`${home} belongs to somebody else: remove it, or name a browser in CHROME_PATH.`);
}

/** Unpacks beside `home` and moves it there at once, so that no other worker ever sees half a browser. */
function unpack(packed: string, home: string): void {
  const half = `${home}.${process.pid}`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { mode: 0o755 });
  const read = (name: string) => brotliDecompressSync(readFileSync(path.join(packed, name)));
  writeFileSync(path.join(half, 'chromium'), read('chromium.br'));
  chmodSync(path.join(half, 'chromium'), 0o755);
  for (const name of ['al2023', 'fonts', 'swiftshader']) {
    const { status, stderr } = spawnSync('tar', ['-xf', '-', '-C', half, '--no-same-owner'], { input: read(`${name}.tar.br`) });
    if (status !== 0) throw new Error(`Cannot unpack the browser's ${name}: ${String(stderr)}`);
  }
  writeFileSync(path.join(half, 'fonts.conf'), fontSettings(home));
  try {
    renameSync(half, home);
  } catch {
    rmSync(half, { recursive: true, force: true }); // another worker was faster
  }
}

const fontSettings = (home: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>${home}/fonts</dir>
  <cachedir>${home}/font-cache</cachedir>
</fontconfig>
`;
