import { setTimeout as pause } from 'node:timers/promises';
import { ChannelError, type ChannelDeps, type Deliver, type Door } from '@claimline/messages';
import { ImapFlow, type FetchMessageObject } from 'imapflow';
import { CursorKeeper, type ImapCursor } from './imap-cursor';
import { readIncoming, unreadable, type IncomingMail } from './incoming';
import type { EmailConfig } from './settings';

type ImapSettings = NonNullable<EmailConfig['imap']>;

/** What {@link ImapDoor} needs of its inbox. */
export interface ImapDoorOptions {
  readonly imap: ImapSettings;
  readonly line: string;
  readonly password: () => string;
  readonly deps: Pick<ChannelDeps, 'state' | 'log' | 'clock' | 'sign' | 'inbox'>;
}

// RFC 2177: a server may drop an IDLE after 30 minutes, and many routers forget a silent connection much sooner.
const IDLE_FOR = 9 * 60_000;
// The net under a server that forgets to say EXISTS.
const LOOK_AGAIN = 3 * 60_000;
// A message of 25 MB is 34 MB in base64. Of a longer one the beginning is read, so that one mail never fills the memory.
const LONGEST_MAIL = 40 * 1024 * 1024;
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 60_000;
// A provider that is busy refuses a sign-in now and then; one that does it again and again means it.
const MOST_REFUSALS = 3;
// When another replica holds the lease.
const LEASE_PAUSE = 10_000;
// So many mails in a row that cannot be stored mean that the storage is at fault and not the mails.
const MOST_FAILURES = 3;
const MOST_PARKED = 500;

/** A connection to the mailbox. Errors arrive where they are awaited; without a listener they would end the process. */
export function connectTo(imap: ImapSettings, password: string): ImapFlow {
  const client = new ImapFlow({
    host: imap.host,
    port: imap.port,
    secure: imap.secure,
    auth: { user: imap.user, pass: password },
    logger: false,
    disableAutoIdle: true,
    maxIdleTime: IDLE_FOR,
    connectionTimeout: 30_000,
    greetingTimeout: 16_000,
    maxLiteralSize: LONGEST_MAIL + 1024 * 1024,
    clientInfo: { name: 'Claimline' },
  });
  client.on('error', () => undefined);
  return client;
}

/**
 * Reads one folder for as long as it runs: what came while nobody looked, then what comes, by IDLE. It only looks (EXAMINE): flags and
 * mails stay as they are. The cursor moves after the hub has stored a mail, never before. Rejects as misconfigured when the server does not let us in.
 */
export class ImapDoor {
  readonly door: Door = { via: 'stream', run: (deliver, signal) => this.run(deliver, signal) };

  constructor(private readonly options: ImapDoorOptions) {}

  private async run(deliver: Deliver, signal: AbortSignal): Promise<void> {
    const { state, log, inbox } = this.options.deps;
    let wait = FIRST_PAUSE;
    let refusals = 0;
    while (!signal.aborted) {
      const outcome = await state
        .exclusively('imap', async (lease) => {
          await this.session(deliver, AbortSignal.any([signal, lease]), () => (wait = FIRST_PAUSE));
          return 'over' as const;
        })
        .catch((error: unknown) => {
          if (!signal.aborted)
            log.warn({ inboxId: inbox.id, code: codeOf(error), retryInMs: wait }, 'the mailbox cannot be read; trying again');
          return codeOf(error) === REFUSED ? ('refused' as const) : ('failed' as const);
        });
      refusals = outcome === 'refused' ? refusals + 1 : 0;
      if (refusals >= MOST_REFUSALS) throw refused();
      await pause(outcome === undefined ? LEASE_PAUSE : wait, undefined, { signal }).catch(() => undefined);
      wait = Math.min(wait * 2, LONGEST_PAUSE);
    }
  }

  /** One connection, from sign-in until it breaks or `signal` ends it. */
  private async session(deliver: Deliver, signal: AbortSignal, works: () => void): Promise<void> {
    if (signal.aborted) return;
    const client = connectTo(this.options.imap, this.options.password());
    const bell = new Bell();
    client.on('exists', bell.ring).on('close', bell.ring);
    const end = () => client.close();
    signal.addEventListener('abort', end, { once: true });
    try {
      await client.connect();
      const reader = new FolderReader(client, this.options, deliver);
      await reader.open();
      works();
      while (!signal.aborted && client.usable) {
        await reader.readNew();
        client.idle().catch(bell.ring);
        await bell.heard(LOOK_AGAIN);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      signal.removeEventListener('abort', end);
      client.close();
    }
  }
}

/** One folder on one connection, with its cursor. */
class FolderReader {
  private readonly keeper: CursorKeeper;
  private cursor!: ImapCursor;
  private failures = 0;

  constructor(
    private readonly client: ImapFlow,
    private readonly options: ImapDoorOptions,
    private readonly deliver: Deliver,
  ) {
    this.keeper = new CursorKeeper(options.deps.state);
  }

  /** Opens the folder and finds the place to read on from. */
  async open(): Promise<void> {
    const { imap } = this.options;
    const folder = await this.client.mailboxOpen(imap.folder, { readOnly: true });
    const uidValidity = String(folder.uidValidity);
    const known = await this.keeper.read();
    if (known?.uidValidity === uidValidity) {
      this.cursor = known;
      return;
    }
    // New, or numbered anew: by date instead. What was read before has the same keys, so nothing comes twice.
    const days = known ? 2 : imap.firstDays;
    const from = new Date(known?.lastArrival ?? this.options.deps.clock.now());
    const since = new Date(from.getTime() - days * 86_400_000);
    const wanted = days === 0 ? [] : await this.search({ since });
    const first = wanted.length > 0 ? Math.min(...wanted) - 1 : Math.max(0, folder.uidNext - 1);
    this.cursor = { uidValidity, lastUid: first, lastArrival: known?.lastArrival, parked: [] };
    await this.keeper.write(this.cursor);
  }

  /** Everything behind the cursor, oldest first, then what was put aside. */
  async readNew(): Promise<void> {
    for (const uid of await this.search({ uid: `${this.cursor.lastUid + 1}:*` })) {
      // `n:*` always names at least the last mail, even below n (RFC 9051 §9, seq-range).
      if (uid > this.cursor.lastUid) await this.readOne(uid);
    }
    for (const uid of this.cursor.parked) await this.readOne(uid);
  }

  private async search(query: { uid?: string; since?: Date }): Promise<number[]> {
    const found = await this.client.search(query, { uid: true });
    return Array.isArray(found) ? [...found].sort((a, b) => a - b) : [];
  }

  private async readOne(uid: number): Promise<void> {
    const mail = await this.client.fetchOne(
      String(uid),
      { uid: true, size: true, internalDate: true, source: { maxLength: LONGEST_MAIL } },
      { uid: true },
    );
    const stored = !mail || !mail.source || (await this.store(mail, mail.source));
    await this.advance(uid, mail || undefined, stored);
  }

  /** Gives a mail to the hub; when it does not take it as it is, then as one that could not be read. False when it takes neither. */
  private async store(mail: FetchMessageObject, raw: Buffer): Promise<boolean> {
    const incoming: IncomingMail = {
      raw,
      envelope: { from: undefined, to: [] },
      line: this.options.line,
      sign: this.options.deps.sign,
      cutFrom: mail.size && mail.size > raw.length ? mail.size : undefined,
    };
    try {
      await this.deliver(await readIncoming(incoming), raw);
    } catch {
      try {
        await this.deliver({ events: [unreadable(incoming)] }, raw);
      } catch (error) {
        this.failures += 1;
        if (this.failures >= MOST_FAILURES || this.cursor.parked.length >= MOST_PARKED) throw error;
        return false;
      }
    }
    this.failures = 0;
    return true;
  }

  private async advance(uid: number, mail: FetchMessageObject | undefined, stored: boolean): Promise<void> {
    const { log, inbox } = this.options.deps;
    if (!stored) log.error({ inboxId: inbox.id, uid }, 'a mail could not be stored and is put aside; the ones behind it go on');
    const parked = this.cursor.parked.filter((one) => one !== uid);
    const arrival = mail?.internalDate ? new Date(mail.internalDate).toISOString() : this.cursor.lastArrival;
    const next = {
      ...this.cursor,
      lastUid: Math.max(this.cursor.lastUid, uid),
      lastArrival: uid > this.cursor.lastUid ? arrival : this.cursor.lastArrival,
      parked: stored ? parked : [...parked, uid],
    };
    if (JSON.stringify(next) === JSON.stringify(this.cursor)) return;
    await this.keeper.write(next);
    this.cursor = next;
  }
}

/** Remembers that something happened, so that a mail which arrives while others are read is not slept over. */
class Bell {
  private rung = false;
  private wake: () => void = () => undefined;

  readonly ring = (): void => {
    this.rung = true;
    this.wake();
  };

  /** Resolves at the next ring, at once where it rang since the last call, and anyway after so many milliseconds. */
  async heard(within: number): Promise<void> {
    const timer = setTimeout(this.ring, within);
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      if (this.rung) resolve();
    });
    clearTimeout(timer);
    this.rung = false;
  }
}

const REFUSED = 'sign-in-refused';

// The mailbox waits with everything in it; only a person can say why it no longer knows us.
const refused = (): ChannelError =>
  new ChannelError('misconfigured', 'The mail server does not accept the user and password of the mailbox: enter them again', {
    field: 'imapPassword',
  });

const codeOf = (error: unknown): string => {
  const { authenticationFailed, code, name } = error as { authenticationFailed?: boolean; code?: string; name?: string };
  return authenticationFailed ? REFUSED : (code ?? name ?? 'unknown');
};
