import type { Readable } from 'node:stream';

/** Looks for what must not be opened. */
export interface Scanner {
  /** Reads the stream to its end, or until it knows. Undefined: nothing found. Throws when it cannot tell. */
  scan(content: Readable): Promise<Threat | undefined>;
}

/** What a scanner found, by the name that its makers gave it. */
export interface Threat {
  readonly name: string;
}

// The test file of EICAR (https://www.eicar.org/download-anti-malware-testfile/), in two parts so that this file is not taken for one.
const EICAR = Buffer.from(['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', '-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(''), 'latin1');

/** Finds the signature that everybody tests virus scanners with. It proves that the way into quarantine works; a real scanner stands beside it. */
export class EicarScanner implements Scanner {
  async scan(content: Readable): Promise<Threat | undefined> {
    let tail: Buffer = Buffer.alloc(0);
    for await (const piece of content) {
      const window = Buffer.concat([tail, piece as Uint8Array]);
      if (window.includes(EICAR)) return { name: 'EICAR-Test-File' };
      tail = window.subarray(Math.max(0, window.length - EICAR.length + 1));
    }
    return undefined;
  }
}
