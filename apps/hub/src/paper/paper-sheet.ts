import path from 'node:path';
import { Worker } from 'node:worker_threads';

// A letter takes half a second of work where nothing else runs; a busy machine takes its time.
const MILLISECONDS = 120_000;

type Step =
  | readonly ['head' | 'address', readonly string[]]
  | readonly ['line', string, { readonly bold: boolean; readonly size: number; readonly align: 'left' | 'right'; readonly gap: number }]
  | readonly ['pair', string, string]
  | readonly ['space', number];

/** A sheet of A4 that speaks both languages, with the insurer at its head. Letters and receipts are written on it, and drawn in a thread of their own. */
export class PaperSheet {
  private readonly steps: Step[] = [];

  constructor(private readonly about: { readonly title: string; readonly footer: string; readonly language: string }) {}

  /** The insurer: its name large, its address small, and a line below. */
  head(sender: readonly string[]): this {
    return this.add(['head', sender]);
  }

  /** The recipient, where the window of an envelope is. */
  address(lines: readonly string[]): this {
    return this.add(['address', lines]);
  }

  line(text: string, how: { bold?: boolean; size?: number; align?: 'left' | 'right'; gap?: number } = {}): this {
    return this.add(['line', text, { bold: false, size: 11, align: 'left', gap: 8, ...how }]);
  }

  /** A name at the left and what it is at the right of it. */
  pair(name: string, value: string): this {
    return this.add(['pair', name, value]);
  }

  space(points: number): this {
    return this.add(['space', points]);
  }

  /** The bytes of the PDF. @throws Error where it cannot be drawn in two minutes */
  end(): Promise<Buffer> {
    const worker = new Worker(path.join(__dirname, 'paper-press.worker.mjs'), { workerData: { ...this.about, steps: this.steps } });
    return new Promise<Buffer>((resolve, reject) => {
      const tooLong = setTimeout(() => reject(new Error('the sheet takes too long to be drawn')), MILLISECONDS);
      worker.once('message', (pdf: Uint8Array) => resolve(Buffer.from(pdf)));
      worker.once('error', reject);
      worker.once('exit', () => {
        clearTimeout(tooLong);
        reject(new Error('the sheet cannot be drawn'));
      });
    }).finally(() => void worker.terminate());
  }

  private add(step: Step): this {
    this.steps.push(step);
    return this;
  }
}
