import { inspect } from 'node:util';
import type { Log } from '@claimline/messages';

/** A {@link Log} that keeps every word, so that a test can look for what must not be in it. */
export class LogRecorder implements Log {
  private readonly lines: string[] = [];

  info(facts: Record<string, unknown>, message: string): void {
    this.keep({ level: 'info', message, facts });
  }

  warn(facts: Record<string, unknown>, message: string): void {
    this.keep({ level: 'warn', message, facts });
  }

  error(facts: Record<string, unknown>, message: string): void {
    this.keep({ level: 'error', message, facts });
  }

  /** Keeps anything as a logger would print it: all fields, causes and stacks. */
  keep(thing: unknown): void {
    this.lines.push(inspect(thing, { depth: 12, showHidden: true }));
  }

  /** Everything that was kept, as one text. */
  text(): string {
    return this.lines.join('\n');
  }
}
