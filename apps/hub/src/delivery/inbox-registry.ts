import type { Database, Wakeups } from '@claimline/database';
import type { Inboxes, InboxRow } from '@claimline/delivery';
import type { Channel, Log } from '@claimline/messages';
import { OpenInboxes, type OpenInbox } from '../inbound/open-inboxes';
import type { ChannelOpener } from './channel-opener';

/** An open line with the version of the settings it was opened with. */
export type VersionedInbox = OpenInbox & { readonly version: number; readonly createdAt: Date };

/** A line of this process: its row, and what came of opening it. */
interface Line {
  readonly row: InboxRow;
  opening?: Promise<VersionedInbox | undefined>;
  problem?: string;
  triedAt?: number;
}

// The net below the wake-up; also how soon another replica's change is seen when its NOTIFY was lost.
const LOOK_EVERY_MS = 1000;
const TRY_AGAIN_MS = 30_000;
// A send may still be under way on a line that was replaced.
const LINGER_MS = 60_000;

/** Opens channels on first use, opens them anew when their settings changed, and closes them. One that cannot be opened leaves the others alone. */
export class InboxRegistry extends OpenInboxes {
  private lines = new Map<string, Line>();
  private looked = 0;
  private looking: Promise<void> | undefined;
  private readonly lingering = new Map<Channel, NodeJS.Timeout>();
  private readonly unsubscribe: () => void;

  constructor(
    private readonly database: Database,
    private readonly inboxes: Inboxes,
    private readonly opener: ChannelOpener,
    wakeups: Wakeups,
    private readonly log: Log,
  ) {
    super();
    this.unsubscribe = wakeups.on('inboxes', () => (this.looked = 0));
  }

  async find(inboxId: string): Promise<VersionedInbox | undefined> {
    await this.look();
    const line = this.lines.get(inboxId);
    return line && this.opened(line);
  }

  async findByLine(kind: string, address: string): Promise<VersionedInbox | undefined> {
    await this.look();
    const line = [...this.lines.values()].find(({ row }) => row.kind === kind && row.address.toLowerCase() === address.toLowerCase());
    return line && this.opened(line);
  }

  /** Every line that could be opened, stopped ones too: by those nothing leaves, but what comes in is taken. */
  async all(): Promise<readonly VersionedInbox[]> {
    await this.look();
    const open = await Promise.all([...this.lines.values()].map((line) => this.opened(line)));
    return open.filter((inbox) => inbox !== undefined);
  }

  /** Why a line could not be opened; undefined where it is open or has not been used. */
  problemOf(inboxId: string): string | undefined {
    return this.lines.get(inboxId)?.problem;
  }

  async close(): Promise<void> {
    this.unsubscribe();
    for (const [channel, timer] of this.lingering) {
      clearTimeout(timer);
      await this.shut(channel);
    }
    for (const line of this.lines.values()) {
      const inbox = await line.opening;
      if (inbox) await this.shut(inbox.channel);
    }
    this.lines.clear();
  }

  /**
   * Looks whether settings have changed: at once after a wake-up, else once a second at most. What is being read is waited for: whoever goes by what was
   * known before would tell a provider, at the start or after a change, that there is no such inbox.
   */
  private async look(): Promise<void> {
    if (this.looking) await this.looking;
    if (Date.now() - this.looked < LOOK_EVERY_MS) return;
    this.looking ??= this.read().finally(() => (this.looking = undefined));
    await this.looking;
  }

  private async read(): Promise<void> {
    // Before the reading, so that a wake-up in the middle of it has it done again.
    this.looked = Date.now();
    const rows = await this.inboxes.all(this.database).catch((error: unknown) => {
      this.looked = 0;
      throw error;
    });
    const lines = new Map<string, Line>();
    for (const row of rows) {
      const known = this.lines.get(row.id);
      lines.set(row.id, known?.row.version === row.version ? known : { row });
    }
    const replaced = [...this.lines.values()].filter((line) => lines.get(line.row.id) !== line);
    this.lines = lines;
    for (const line of replaced) void line.opening?.then((inbox) => inbox && this.linger(inbox.channel));
  }

  private opened(line: Line): Promise<VersionedInbox | undefined> {
    const isStale = line.problem !== undefined && Date.now() - (line.triedAt ?? 0) > TRY_AGAIN_MS;
    if (!line.opening || isStale) line.opening = this.open(line);
    return line.opening;
  }

  private async open(line: Line): Promise<VersionedInbox | undefined> {
    const { row } = line;
    line.triedAt = Date.now();
    try {
      const { channel, kindOf } = await this.opener.open(row);
      line.problem = undefined;
      return {
        id: row.id,
        kind: row.kind,
        brandId: row.brand_id,
        teamId: row.team_id,
        name: row.name,
        address: row.address,
        region: row.region,
        state: row.state,
        version: row.version,
        createdAt: row.created_at,
        kindOf,
        channel,
      };
    } catch (error) {
      line.problem = error instanceof Error ? error.message : String(error);
      this.log.error({ inboxId: row.id, kind: row.kind, problem: line.problem }, 'an inbox cannot be opened; the others go on');
      return undefined;
    }
  }

  private linger(channel: Channel): void {
    const close = (): void => {
      this.lingering.delete(channel);
      void this.shut(channel);
    };
    this.lingering.set(channel, setTimeout(close, LINGER_MS).unref());
  }

  private async shut(channel: Channel): Promise<void> {
    await channel.close().catch((error: unknown) => this.log.warn({ error: String(error) }, 'a channel did not close cleanly'));
  }
}
