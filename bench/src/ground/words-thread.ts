import { parentPort, workerData } from 'node:worker_threads';
import { loadWords } from '@claimline/conversations/testing';
import type { WordsWish } from './words-beside';

// A thread does not take over that stacks name the sources.
process.setSourceMapsEnabled(true);

const { url, sizes } = workerData as WordsWish;
void loadWords(url, sizes, (line) => parentPort!.postMessage(line));
