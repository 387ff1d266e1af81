import path from 'node:path';
import { Worker } from 'node:worker_threads';

// A claim file of a hospital has two hundred pages; what names the claim stands on the first few.
const MOST_PAGES = 20;
const MOST_CHARACTERS = 60_000;
const MOST_BYTES = 25 * 1024 * 1024;
const MILLISECONDS = 10_000;
const MEMORY_MB = 256;

/**
 * The number of pages and the text of a PDF, read in a thread that is ended after ten seconds or 256 MB, whatever is in the file.
 * @throws Error where it is no PDF, is locked, or takes too long
 */
export function readPdf(content: Buffer): Promise<{ pages: number; words: string }> {
  if (content.length > MOST_BYTES) return Promise.reject(new Error('the PDF is too large to be read'));
  const worker = new Worker(path.join(__dirname, 'pdf-words.worker.mjs'), {
    workerData: { content, mostPages: MOST_PAGES, mostCharacters: MOST_CHARACTERS },
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    // What the reader complains about a file is no news of the hub.
    stdout: true,
    stderr: true,
  });
  return new Promise<{ pages: number; words: string }>((resolve, reject) => {
    const tooLong = setTimeout(() => reject(new Error('the PDF takes too long to be read')), MILLISECONDS);
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => {
      clearTimeout(tooLong);
      reject(new Error('the PDF cannot be read'));
    });
  }).finally(() => void worker.terminate());
}
