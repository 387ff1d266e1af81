import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { DataSetSizes, LoadWords } from '@claimline/conversations/testing';

/** What the thread beside is given. */
export interface WordsWish {
  readonly url: string;
  readonly sizes: DataSetSizes;
}

/**
 * Writes the words of a data set in a thread of its own, so that making rows does not keep one processor busy and the other waiting.
 * Rejects with what the thread failed of.
 */
export const loadWordsBeside: LoadWords = (url, sizes, log) =>
  new Promise((resolve, reject) => {
    const workerData: WordsWish = { url, sizes };
    const thread = new Worker(path.join(__dirname, 'words-thread.js'), { workerData });
    thread.on('message', log);
    thread.once('error', reject);
    thread.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`the thread that writes words ended with ${code}`))));
  });
