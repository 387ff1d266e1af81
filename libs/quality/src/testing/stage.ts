import { Database, newId, Outbox, Wakeups, type Transaction } from '@claimline/database';
import { openTestDatabase } from '@claimline/database/testing';
import { Calendars } from '../calendars.repository';
import { ClockStore } from '../clocks.repository';
import { Clocks } from '../clocks';
import { Tasks } from '../tasks';
import { TaskStore } from '../tasks.repository';

/** A Tuesday, ten o'clock in Shanghai. */
export const TEN = new Date('2026-11-17T02:00:00Z');
export const after = (minutes: number): Date => new Date(TEN.getTime() + minutes * 60_000);

/** The room of quality on a database of its own. */
export class Stage {
  readonly calendars = new Calendars();
  readonly clocks: Clocks;
  readonly tasks: Tasks;
  readonly brand = { id: newId(TEN), timeZone: 'Asia/Shanghai' };

  private constructor(
    readonly database: Database,
    private readonly drop: () => Promise<void>,
  ) {
    const outbox = new Outbox(new Wakeups(database, ''));
    this.clocks = new Clocks(new ClockStore(), this.calendars, outbox);
    this.tasks = new Tasks(new TaskStore(), outbox);
  }

  static async open(): Promise<Stage> {
    const { url, close } = await openTestDatabase();
    return new Stage(await Database.open({ url }), close);
  }

  async sql<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
    return await this.database.query<Row>({ name: '', text, values });
  }

  async in<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return await this.database.transaction(work);
  }

  async events(conversationId: string | null): Promise<string[]> {
    const rows = await this.sql<{ type: string }>('SELECT type FROM outbox WHERE conversation_id IS NOT DISTINCT FROM $1 ORDER BY n', [
      conversationId,
    ]);
    return rows.map(({ type }) => type);
  }

  async close(): Promise<void> {
    await this.database.close();
    await this.drop();
  }
}
