import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { DIST } from './built';

/** A message as a simulated phone or mailbox received it. */
export interface Received {
  readonly id: string;
  readonly channel: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly subject?: string;
  readonly html?: string;
  readonly attachments?: readonly { readonly name: string; readonly contentType: string; readonly size: number }[];
  readonly at: string;
  readonly raw?: Readonly<Record<string, string>>;
}

/** A phone call as the people in it see it. */
export interface RunningCall {
  readonly id: string;
  readonly direction: 'inbound' | 'outbound';
  readonly customer: string;
  readonly line: string;
  readonly state: 'ringing' | 'in-progress' | 'ended';
  readonly heard: readonly { readonly text: string; readonly language: string }[];
  readonly awaits: { readonly for: 'digits' | 'recording' | 'pick-up'; readonly number?: string } | null;
}

/** A file that a customer sends. */
export interface SentFile {
  readonly name: string;
  readonly contentType: string;
  readonly base64: string;
}

/** What a customer does. `from` is the value of their address. */
export type Act =
  | {
      readonly do: 'message';
      readonly from: string;
      readonly text?: string;
      readonly name?: string;
      readonly subject?: string;
      readonly media?: readonly SentFile[];
      readonly inReplyTo?: string;
      readonly id?: string;
      readonly at?: string;
      /** A whole mail as it is on the wire, as base64. */
      readonly raw?: string;
    }
  | {
      readonly do: 'voice-message';
      readonly from: string;
      readonly media: SentFile;
      readonly seconds: number;
      readonly transcript?: string;
    }
  | { readonly do: 'call'; readonly from: string; readonly callId?: string }
  | { readonly do: 'press'; readonly callId: string; readonly digits: string }
  | { readonly do: 'speak'; readonly callId: string; readonly media: SentFile; readonly seconds: number; readonly transcript?: string }
  | { readonly do: 'pick-up' | 'let-ring' | 'hang-up'; readonly callId: string }
  | { readonly do: 'read'; readonly from: string; readonly externalId: string };

/** How a vendor goes wrong; `times` counts down. */
export interface Trouble {
  readonly how: string;
  readonly to?: string;
  readonly times?: number;
}

/** Where a process is to be killed: at a moment of the n-th request of a kind from now on, so many milliseconds later. */
export interface FailpointWish {
  readonly kind: string;
  readonly at: 'received' | 'accepted' | 'half-answered' | 'answered';
  readonly nth?: number;
  readonly after?: number;
  readonly pid: number;
}

/** An inbox as the sandbox has to know it. */
export interface Line {
  readonly inboxId: string;
  readonly kind: string;
  readonly address: string;
  readonly webhookUrl: string;
  readonly mail?: { readonly host: string; readonly port: number };
  readonly config: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, string>>;
}

/** What the hub answered to the vendor that brought an act. */
export interface Acted {
  readonly id: string;
  readonly status: number;
  readonly body: string;
}

/** Speaks to a running sandbox: the one of a demo (`manifest.sandbox.url`) or one that {@link startSandbox} started. */
export class SandboxClient {
  constructor(readonly url: string) {}

  /** What was received, newest last; of one address, or of all. */
  outbox(to?: string, limit?: number): Promise<Received[]> {
    const query = new URLSearchParams({ ...(to !== undefined && { to }), ...(limit !== undefined && { limit: String(limit) }) });
    return this.ask('GET', `/outbox?${query.toString()}`);
  }

  calls(): Promise<RunningCall[]> {
    return this.ask('GET', '/calls');
  }

  health(): Promise<{ status: 'ok'; kinds: string[]; lines: number; received: number }> {
    return this.ask('GET', '/health');
  }

  /** A customer acts on an inbox (by id), or on the only line of a kind. */
  act(on: { readonly inbox?: string; readonly kind?: string }, action: Act): Promise<Acted> {
    return this.ask('POST', '/act', { ...on, action });
  }

  /** Moves the vendors' clock, as the demo moves the hub's. */
  shiftClock(offset: number): Promise<{ offset: number }> {
    return this.ask('POST', '/clock', { offset });
  }

  misbehave(kind: string, how: Trouble | null): Promise<unknown> {
    return this.ask('POST', '/misbehave', { kind, how });
  }

  /** Only a sandbox that was started for it does this. */
  killAt(wish: FailpointWish): Promise<unknown> {
    return this.ask('POST', '/failpoint', wish);
  }

  /** Configuration and secrets for a new inbox of a kind, accepted by its schemas. */
  newLine(kind: string, address: string, manner?: string): Promise<{ config: Record<string, unknown>; secrets: Record<string, string> }> {
    return this.ask('POST', '/lines/new', { kind, address, manner });
  }

  connect(...lines: readonly Line[]): Promise<{ lines: number }> {
    return this.ask('POST', '/lines', lines);
  }

  /** Waits until an address has received something that fits. @throws Error after the time-out, with what was there instead */
  async waitFor(to: string, fits: (entry: Received) => boolean, milliseconds = 45_000): Promise<Received> {
    const end = Date.now() + milliseconds;
    for (;;) {
      const entries = await this.outbox(to);
      const found = entries.find(fits);
      if (found) return found;
      if (Date.now() > end)
        throw new Error(`${to} did not receive it; it has: ${JSON.stringify(entries.map(({ channel, text }) => ({ channel, text })))}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  private async ask<Answer>(method: 'GET' | 'POST', route: string, body?: unknown): Promise<Answer> {
    const sent = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const response = await fetch(this.url + route, { method, ...sent });
    if (!response.ok) throw new Error(`${method} ${route}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Answer;
  }
}

/** A sandbox of its own, for tests and benches. */
export interface StartedSandbox extends SandboxClient {
  stop(): Promise<void>;
}

const PROGRAM = path.join(DIST, 'apps/sandbox/src/main.js');

/** Starts the built sandbox as a process that ends with this one. */
export async function startSandbox(): Promise<StartedSandbox> {
  const child = spawn(process.execPath, [PROGRAM, '--attached', '--failpoints'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const { url } = JSON.parse(await firstLine(child)) as { url: string };
  return Object.assign(new SandboxClient(url), {
    stop: () =>
      new Promise<void>((resolve) => {
        child.once('exit', () => resolve());
        child.stdin?.end();
      }),
  });
}

async function firstLine(child: ChildProcess): Promise<string> {
  const lines = createInterface({ input: child.stdout! });
  const line = await new Promise<string>((resolve, reject) => {
    lines.once('line', resolve);
    child.once('exit', (code) => reject(new Error(`the sandbox ended with ${code} before it said where it listens`)));
    child.once('error', reject);
  });
  lines.close();
  child.stdout?.resume();
  return line;
}
