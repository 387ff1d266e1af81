// Reads the text of one PDF in a thread of its own, so that a hostile file can neither hold up nor fill up the hub. Told: bytes and limits; tells: pages and words.
import { parentPort, workerData } from 'node:worker_threads';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

const { content, mostPages, mostCharacters } = workerData;
const task = getDocument({
  data: new Uint8Array(content),
  // Fonts and pictures are of no use for words, and eval is never needed.
  disableFontFace: true,
  isEvalSupported: false,
  useSystemFonts: false,
  useWorkerFetch: false,
  stopAtErrors: false,
  verbosity: 0,
});
const document = await task.promise;
let words = '';
for (let n = 1; n <= Math.min(document.numPages, mostPages) && words.length < mostCharacters; n++) {
  const page = await document.getPage(n);
  const { items } = await page.getTextContent();
  words += items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : ' ') : '')).join('') + '\n';
  page.cleanup();
}
parentPort.postMessage({ pages: document.numPages, words: words.slice(0, mostCharacters) });
await task.destroy();
