import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock, Database, Leases, Wakeups } from '@claimline/database';
import type { LineHealth } from '@claimline/delivery';
import type { Outbox } from '@claimline/database';
import { ChannelError, type Door, type Log } from '@claimline/messages';
import { InboundDesk } from '../inbound/inbound-desk';
import type { Worker } from '../workers';
import type { InboxRegistry, VersionedInbox } from './inbox-registry';

const LOOK_EVERY_MS = 2000;
const PAUSE_MS = 1000;
// Wrong credentials do not get right by trying; a provider locks an account that is tried too often.
const MISCONFIGURED_PAUSE_MS = 5 * 60_000;

type StreamDoor = Extract<Door, { via: 'stream' }>;

/** A stream that runs: with which version of the settings, and the way to end it. */
interface Running {
  readonly version: number;
  readonly stop: AbortController;
  readonly ended: Promise<void>;
}

/** Keeps the streams of all inboxes running (IMAP and its like), each in one replica at a time. */
export class Streams implements Worker {
  readonly name = 'streams';

  constructor(
    private readonly registry: InboxRegistry,
    private readonly desk: InboundDesk,
    private readonly health: { readonly database: Database; readonly lines: LineHealth; readonly outbox: Outbox },
    private readonly world: { readonly leases: Leases; readonly wakeups: Wakeups; readonly clock: Clock; readonly log: Log },
  ) {}

  async run(signal: AbortSignal): Promise<void> {
    const running = new Map<string, Running>();
    while (!signal.aborted) {
      await this.match(running).catch((error: unknown) =>
        this.world.log.error({ error: String(error) }, 'streams could not be looked after'),
      );
      await this.world.wakeups.wait('inboxes', LOOK_EVERY_MS, signal);
    }
    await Promise.all([...running.values()].map((one) => end(one)));
  }

  /** Starts what is new, starts anew what was changed, ends what is gone. */
  private async match(running: Map<string, Running>): Promise<void> {
    const inboxes = new Map((await this.registry.all()).map((inbox) => [inbox.id, inbox]));
    for (const [id, one] of running) {
      if (inboxes.get(id)?.version === one.version) continue;
      running.delete(id);
      await end(one);
    }
    for (const inbox of inboxes.values()) {
      const door = inbox.channel.doors.find((one): one is StreamDoor => one.via === 'stream');
      if (door && !running.has(inbox.id)) running.set(inbox.id, this.start(inbox, door));
    }
  }

  private start(inbox: VersionedInbox, door: StreamDoor): Running {
    const stop = new AbortController();
    const ended = this.world.leases.run(`inbox:${inbox.id}:stream`, (held) => this.listen(inbox, door, held), stop.signal);
    return { version: inbox.version, stop, ended };
  }

  private async listen(inbox: VersionedInbox, door: StreamDoor, held: AbortSignal): Promise<void> {
    try {
      await door.run(
        async (inbound, raw) =>
          void (await this.desk.take(inbox, inbound, { door: 'stream', body: raw, receivedAt: this.world.clock.now() })),
        held,
      );
    } catch (error) {
      if (!(error instanceof ChannelError && error.fate === 'misconfigured')) throw error;
      await this.stopInbox(inbox, error);
      await pause(MISCONFIGURED_PAUSE_MS, held);
    }
    await pause(PAUSE_MS, held);
  }

  private async stopInbox(inbox: VersionedInbox, error: ChannelError): Promise<void> {
    const at = this.world.clock.now();
    const reason = error.field ? `${error.field}: ${error.message}` : error.message;
    await this.health.database.transaction(async (tx) => {
      await this.health.outbox.append(
        tx,
        at,
        await this.health.lines.note(tx, inbox.id, { is: 'misconfigured', reason, version: inbox.version }, at),
      );
    });
  }
}

async function end({ stop, ended }: Running): Promise<void> {
  stop.abort();
  await ended;
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}
