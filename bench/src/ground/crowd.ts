import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';

/** What the crowd is asked to do. */
export type CrowdRequest =
  | { readonly do: 'consoles'; readonly url: string; readonly cookies: readonly string[] }
  | { readonly do: 'visitors'; readonly url: string; readonly inbox: string; readonly count: number }
  | { readonly do: 'heard' };

/** What it answers: how many of its sockets are connected, or by message id when each console heard of it. */
export type CrowdAnswer =
  | { readonly connected: number }
  | { readonly heard: readonly (readonly [messageId: string, at: readonly number[]])[] }
  | { readonly failed: string };

/** Thousands of sockets in a process of their own. */
export class Crowd {
  private constructor(private readonly child: ChildProcess) {}

  static gather(): Crowd {
    return new Crowd(fork(path.join(__dirname, 'crowd-member.js'), [], { serialization: 'advanced' }));
  }

  /** Opens a console's socket for each cookie. Returns how many sockets the crowd has now. */
  async consoles(url: string, cookies: readonly string[]): Promise<number> {
    return this.connected({ do: 'consoles', url, cookies });
  }

  async visitors(url: string, inbox: string, count: number): Promise<number> {
    return this.connected({ do: 'visitors', url, inbox, count });
  }

  /** By message: when each console heard of it, in milliseconds of the machine's monotonic clock. */
  async heard(): Promise<ReadonlyMap<string, readonly number[]>> {
    const answer = await this.ask({ do: 'heard' });
    if (!('heard' in answer)) throw new Error('the crowd did not say what it heard');
    return new Map(answer.heard);
  }

  leave(): void {
    this.child.disconnect();
  }

  private async connected(request: CrowdRequest): Promise<number> {
    const answer = await this.ask(request);
    if (!('connected' in answer)) throw new Error(`the crowd did not come: ${'failed' in answer ? answer.failed : ''}`);
    return answer.connected;
  }

  private ask(request: CrowdRequest): Promise<CrowdAnswer> {
    return new Promise((resolve, reject) => {
      const gone = (code: number | null): void => reject(new Error(`the crowd went away with ${code}`));
      this.child.once('exit', gone);
      this.child.once('message', (answer: CrowdAnswer) => {
        this.child.off('exit', gone);
        if ('failed' in answer) reject(new Error(answer.failed));
        else resolve(answer);
      });
      this.child.send(request);
    });
  }
}
