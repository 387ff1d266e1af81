import type { DemoManifest } from '@claimline/protocol';
import { Pool } from 'pg';
import { BenchHub } from './bench-hub';
import { Desk } from './desk';
import { fillHub, type DataWish } from './filling';
import { comes } from './load';
import type { SmsLine } from './signed-sms';
import { Vendor } from './vendor';

/** How long and how much is measured. */
export interface Effort {
  /** Seconds of one round of load. */
  readonly seconds: number;
  /** Rounds of what is compared by turns. */
  readonly rounds: number;
  /** Requests of one kind, where they are counted rather than timed. */
  readonly requests: number;
  readonly consoles: number;
  readonly visitors: number;
}

// A run has ten minutes: follow-ups that take longer are part of what the next row tells.
const DRAIN_SECONDS = 12;
const LEFT_BEHIND = 10;

/** A running hub to measure on, with ways into it: its line for texts, its database, people at consoles, and a vendor that takes what it sends. */
export class Ground {
  private readonly desks = new Map<string, Desk>();
  private vendor: Vendor | undefined;
  /** Texts that this hub took in a second when it was measured last. */
  inboundRate: number | undefined;

  private constructor(
    readonly hub: BenchHub,
    public manifest: DemoManifest,
    readonly pool: Pool,
    readonly effort: Effort,
    readonly say: (line: string) => void,
  ) {}

  /** A hub of its own, with the data set in its database where sizes are given: the one that was kept in `folder`, or a new one. */
  static async open(effort: Effort, data: DataWish | undefined, say: (line: string) => void): Promise<Ground> {
    const hub = await BenchHub.start(data?.folder);
    try {
      if (data) await fillHub(hub, data.sizes, say);
      const pool = new Pool({ connectionString: hub.databaseUrl, max: 4 });
      // The hub takes its database along when it stops: an idle connection that dies is no fault.
      pool.on('error', () => undefined);
      return new Ground(hub, await hub.manifest(), pool, effort, say);
    } catch (error) {
      await hub.remove();
      throw error;
    }
  }

  get line(): SmsLine {
    return this.manifest.inboxes.find(({ kind }) => kind === 'twilio-sms') as unknown as SmsLine;
  }

  inbox(kind: string): DemoManifest['inboxes'][number] {
    return this.manifest.inboxes.find((inbox) => inbox.kind === kind)!;
  }

  /** Somebody of this role; the same person each time. */
  async desk(role: string): Promise<Desk> {
    const known = this.desks.get(role);
    if (known) return known;
    const desk = await Desk.signIn(
      this.hub.url,
      this.manifest.people.find((person) => person.role === role)!,
    );
    this.desks.set(role, desk);
    return desk;
  }

  /** A vendor of our own behind the line for texts, in place of the demo's. */
  async ownVendor(): Promise<Vendor> {
    if (this.vendor) return this.vendor;
    this.vendor = await Vendor.open();
    const { id, accountSid, address } = this.line;
    const administrator = await this.desk('administrator');
    const config = { accountSid, phoneNumber: address, apiBaseUrl: this.vendor.url };
    await administrator.write('PATCH', `/api/inboxes/${id}`, { config, sendsPerSecond: null });
    return this.vendor;
  }

  async rows<Shape extends object>(text: string, values: readonly unknown[] = []): Promise<Shape[]> {
    return (await this.pool.query<Shape>(text, [...values])).rows;
  }

  /**
   * Waits until everything that follows from messages before is done: routing, search words, deadlines. Else they would be measured as a part of
   * the next row. Returns the seconds it took.
   */
  async drained(): Promise<number> {
    const begun = performance.now();
    const isDone = async (): Promise<boolean> => (await this.behind()) < LEFT_BEHIND;
    if (!(await comes(isDone, DRAIN_SECONDS))) this.say(`${await this.behind()} events still wait for their follow-ups`);
    return (performance.now() - begun) / 1000;
  }

  async close(): Promise<void> {
    for (const desk of this.desks.values()) desk.close();
    await this.vendor?.close();
    await this.pool.end();
    await this.hub.remove();
  }

  private async behind(): Promise<number> {
    const [row] = await this.rows<{ behind: string }>(
      'SELECT (SELECT count(*) FROM outbox) + coalesce((SELECT max(position) FROM event_log) - (SELECT min(position) FROM consumers), 0) AS behind',
    );
    return Number(row!.behind);
  }
}
