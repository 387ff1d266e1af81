// Compiles everything that runs on Node into dist/, file by file, and bundles the web apps. Only what changed is done again.
//   node tools/build.mjs
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { transformFile } from '@swc/core';

const root = path.join(import.meta.dirname, '..');
const dist = path.join(root, 'dist');
const recordFile = path.join(dist, '.build.json');

/** What runs on Node. */
const nodeFolders = ['apps/hub', 'apps/sandbox', 'libs', 'test/world', 'bench'];
/** What a browser loads, with the rooms that are bundled into it. */
const webApps = ['apps/agent-console', 'apps/customer-web'];
const bundledRooms = ['libs/messages', 'libs/protocol'];

const unneeded = /\.(spec|test)\.tsx?$|\.d\.ts$|\.md$|(^|\/)(project|tsconfig[^/]*)\.json$|(^|\/)results\//;

function filesBelow(folder) {
  const full = path.join(root, folder);
  if (!existsSync(full)) return [];
  const entries = readdirSync(full, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .filter((file) => !file.includes('/node_modules/'));
}

const mark = (file) => {
  const { mtimeMs, size } = statSync(path.join(root, file));
  return `${mtimeMs}:${size}`;
};

const hash = (lines) => createHash('sha256').update(lines.join('\n')).digest('hex');

function readRecord(settings) {
  try {
    const record = JSON.parse(readFileSync(recordFile, 'utf8'));
    if (record.settings === settings) return record;
  } catch {
    // no build yet, or one that was cut short
  }
  return { settings, files: {}, web: {} };
}

/** A reader of dist/ never sees half a file: a test may start the hub while a developer builds. */
function writeWhole(file, text) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(`${file}.${process.pid}`, text);
  renameSync(`${file}.${process.pid}`, file);
}

const outputOf = (file) => path.join(dist, file.replace(/\.ts$/, '.js'));

async function compile(file, swc) {
  const out = outputOf(file);
  if (!file.endsWith('.ts')) {
    mkdirSync(path.dirname(out), { recursive: true });
    copyFileSync(path.join(root, file), out);
    return;
  }
  const { code, map } = await transformFile(path.join(root, file), { ...swc, swcrc: false, sourceMaps: true });
  const name = path.basename(out);
  writeWhole(`${out}.map`, map);
  writeWhole(out, `${code}\n//# sourceMappingURL=${name}.map\n`);
}

async function compileNode(record, swc) {
  const sources = nodeFolders.flatMap(filesBelow).filter((file) => !unneeded.test(file));
  const marks = Object.fromEntries(sources.map((file) => [file, mark(file)]));
  const changed = sources.filter((file) => record.files[file] !== marks[file] || !existsSync(outputOf(file)));
  for (const gone of Object.keys(record.files).filter((file) => !(file in marks))) {
    rmSync(outputOf(gone), { force: true });
    rmSync(`${outputOf(gone)}.map`, { force: true });
  }
  await Promise.all(changed.map((file) => compile(file, swc)));
  record.files = marks;
  return changed.length;
}

async function bundle(app) {
  process.env.NODE_ENV = 'production'; // a bundle made for a test run is the one users get
  const { build } = await import('vite');
  process.env.VITE_CONFIG_NATIVE_IGNORE_WARNING = 'true'; // the configurations are TypeScript modules and vite compiles them itself
  const finished = path.join(dist, app);
  const outDir = `${finished}.${process.pid}`;
  // One application may have several bundles, such as a page and a widget: vite.config.ts, vite.widget.config.ts.
  const configs = readdirSync(path.join(root, app)).filter((file) => /^vite(\..+)?\.config\.ts$/.test(file));
  try {
    for (const config of configs.sort()) {
      await build({
        root: path.join(root, app),
        configFile: path.join(root, app, config),
        logLevel: 'warn',
        build: { outDir, emptyOutDir: false },
      });
    }
  } catch (error) {
    rmSync(outDir, { recursive: true, force: true });
    throw error;
  }
  rmSync(finished, { recursive: true, force: true });
  renameSync(outDir, finished);
}

async function bundleWeb(record) {
  const done = [];
  for (const app of webApps) {
    if (!existsSync(path.join(root, app, 'vite.config.ts'))) continue;
    const sources = [app, ...bundledRooms].flatMap(filesBelow).filter((file) => !/\.(spec|test)\.tsx?$|\.md$/.test(file));
    const state = hash(sources.map((file) => `${file} ${mark(file)}`).sort());
    if (record.web[app] === state && existsSync(path.join(dist, app))) continue;
    delete record.web[app];
    await bundle(app);
    record.web[app] = state;
    done.push(path.basename(app));
  }
  return done;
}

/** Brings dist/ up to date and says what it did. Rejects with the compiler's message; what was good before stays. */
async function build() {
  const started = performance.now();
  const { $schema: _, ...swc } = JSON.parse(readFileSync(path.join(root, '.swcrc'), 'utf8'));
  swc.jsc.baseUrl = root;
  const lock = readFileSync(path.join(root, 'package-lock.json'), 'utf8');
  const record = readRecord(hash([JSON.stringify(swc), lock, readFileSync(import.meta.filename, 'utf8')]));
  try {
    const compiled = await compileNode(record, swc);
    const bundled = await bundleWeb(record);
    return { compiled, bundled, seconds: (performance.now() - started) / 1000 };
  } finally {
    writeWhole(recordFile, JSON.stringify(record));
  }
}

const { compiled, bundled, seconds } = await build();
process.send?.({ compiled });
if (compiled > 0 || bundled.length > 0) {
  const parts = [compiled > 0 && `${compiled} files`, ...bundled].filter(Boolean);
  console.log(`built ${parts.join(', ')} in ${seconds.toFixed(1)} s`);
}
