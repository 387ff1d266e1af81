import { readFileSync } from 'node:fs';
import path from 'node:path';
import { embeddedAddress } from '@claimline/database/testing';
import { startSandbox, World, type ConsoleClient, type Line, type SmsLine, type StartedSandbox } from '@claimline/test';
import { Pool, type QueryResultRow } from 'pg';

/** A line that an administrator has opened, with vendors that outlive the hub. */
export interface OpenLine {
  readonly id: string;
  readonly address: string;
  readonly secrets: Readonly<Record<string, string>>;
  readonly config: Readonly<Record<string, unknown>>;
}

// The number of the line that faults are played on; kept for fiction, and none of the demo's.
const SMS_NUMBER = '+15550100777';

/** A running hub with a database to look into, and vendors of their own process, so that what they know survives the hub. */
export class Ground {
  private pool: Pool | undefined;

  private constructor(
    readonly world: World,
    readonly vendors: StartedSandbox,
    readonly sms: SmsLine & OpenLine,
    private readonly databaseUrl: string | undefined,
  ) {}

  static async open(environment: Readonly<Record<string, string>> = {}): Promise<Ground> {
    const [world, vendors] = await Promise.all([World.open({ TRUST_PROXY: 'true', ...environment }), startSandbox()]);
    try {
      const line = await openLine(world, vendors, { kind: 'twilio-sms', address: SMS_NUMBER });
      const sms = {
        ...line,
        webhook: `${world.hub.url}/webhooks/${line.id}`,
        secret: line.secrets.authToken!,
        accountSid: String(line.config.accountSid),
      };
      return new Ground(world, vendors, sms, environment.DATABASE_URL);
    } catch (error) {
      await Promise.all([world.close(), vendors.stop()]);
      throw error;
    }
  }

  /** One more line at the vendors of this ground; `manner` is how it is used where the vendor offers several ways. */
  openLine(kind: string, address: string, manner?: string): Promise<OpenLine> {
    return openLine(this.world, this.vendors, { kind, address, manner });
  }

  supervisor(): Promise<ConsoleClient> {
    return this.world.signIn('supervisor');
  }

  /** Asks the database itself, past the hub. */
  async rows<Row extends QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    this.pool ??= this.openPool();
    return (await this.pool.query<Row>(text, values)).rows;
  }

  /** Moves the clocks of the hub, of its own sandbox and of these vendors: milliseconds from real time. */
  async shiftClock(offset: number): Promise<void> {
    await this.vendors.shiftClock(offset);
    await this.world.shiftClock(offset);
  }

  /** The process of the embedded PostgreSQL server. */
  get postgres(): number {
    // The first line is its process (https://www.postgresql.org/docs/current/storage-file-layout.html).
    return Number(readFileSync(path.join(this.cluster, 'postmaster.pid'), 'utf8').split('\n')[0]);
  }

  async close(): Promise<void> {
    await this.pool?.end();
    await this.world.close();
    await this.vendors.stop();
  }

  private openPool(): Pool {
    const pool = new Pool({ connectionString: this.databaseUrl ?? this.ownDatabaseUrl(), max: 2 });
    // Its server is taken down on purpose: the next question opens a new connection.
    pool.on('error', () => undefined);
    return pool;
  }

  private ownDatabaseUrl(): string {
    return embeddedAddress(this.cluster);
  }

  private get cluster(): string {
    return path.join(this.world.hub.folder, 'data', 'postgres');
  }
}

async function openLine(
  world: World,
  vendors: StartedSandbox,
  { manner, ...wish }: { kind: string; address: string; manner?: string },
): Promise<OpenLine> {
  const administrator = await world.signIn('administrator');
  const settings = await vendors.newLine(wish.kind, wish.address, manner);
  const body = { kind: wish.kind, name: `Line of ${wish.address}`, region: 'US', ...settings };
  const made = await administrator.call<{ id: string }>('POST', '/api/inboxes', body);
  if (made.status !== 201) throw new Error(`the line could not be opened: ${made.status} ${JSON.stringify(made.body)}`);
  const line: Line = {
    inboxId: made.body.id,
    ...wish,
    ...settings,
    webhookUrl: `${world.hub.url}/webhooks/${made.body.id}`,
    mail: { host: '127.0.0.1', port: world.hub.smtpPort },
  };
  await vendors.connect(line);
  return { id: made.body.id, address: wish.address, ...settings };
}
