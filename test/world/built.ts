import path from 'node:path';

const HERE = path.resolve(__dirname, '../..');

/** The folder of built programs: found from the sources, which tests run, and from the folder itself, where the bench is built to. */
export const DIST = path.basename(HERE) === 'dist' ? HERE : path.join(HERE, 'dist');
