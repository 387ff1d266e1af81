import type { Failpoint } from '@claimline/channels/simulators';
import type { FailpointRequest } from './requests';
import { WorldError } from './world-error';

/** Kills a process at a moment that only the vendor can see: between taking a message and saying so. */
export class Failpoints {
  private armed: (FailpointRequest & { left: number }) | undefined;

  /** @param allowed a sandbox that others on this machine can reach must not be talked into killing anything */
  constructor(private readonly allowed: boolean) {}

  /** One at a time; the next one replaces it. @throws WorldError in a sandbox that was not started with `--failpoints` */
  arm(asked: FailpointRequest): void {
    if (!this.allowed) throw new WorldError('this sandbox was started without --failpoints');
    this.armed = { ...asked, left: asked.nth };
  }

  /** What is to happen within a sending of this kind, if anything; each asks once. */
  for(kind: string): Failpoint | undefined {
    const { armed } = this;
    if (!armed || armed.kind !== kind) return undefined;
    armed.left -= 1;
    if (armed.left > 0) return undefined;
    this.armed = undefined;
    return { at: armed.at, strike: () => strike(armed) };
  }
}

// At once means at once: the caller must not read on until the next turn of our loop.
function strike({ pid, after }: FailpointRequest): void {
  if (after === 0) process.kill(pid, 'SIGKILL');
  else setTimeout(() => process.kill(pid, 'SIGKILL'), after);
}
