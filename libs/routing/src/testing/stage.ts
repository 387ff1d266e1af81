import { Database, newId, Outbox, Wakeups, type Transaction } from '@claimline/database';
import { openTestDatabase } from '@claimline/database/testing';
import type { AbsenceFact } from '../adjuster';
import { Adjusters, type AdjusterProfile } from '../adjusters.repository';
import { Decisions } from '../decisions.repository';
import type { Needs } from '../needs';
import { DEFAULT_ROUTING_POLICY, type RoutingPolicy } from '../policy';
import { Presences } from '../presences';
import { QueueWatch } from '../queue-watch';
import { Router, type Occasion, type Routing, type RoutingFacts } from '../router';
import type { Work } from '../work';
import { WorkItems } from '../work-items.repository';
import { NOON, someNeeds } from './department';

/** The room of routing on a database of its own, with whoever is needed around it. */
export class Stage {
  readonly work = new WorkItems();
  readonly adjusters = new Adjusters();
  readonly decisions = new Decisions();
  readonly absences: AbsenceFact[] = [];
  readonly presences: Presences;
  readonly watch: QueueWatch;
  readonly router: Router;
  private brandId = '';

  private constructor(
    readonly database: Database,
    private readonly drop: () => Promise<void>,
    policy: RoutingPolicy,
  ) {
    const outbox = new Outbox(new Wakeups(database, ''));
    const absences = {
      current: async (_queries: unknown, now: Date) => this.absences.filter(({ starts, ends }) => starts <= now && now < ends),
    };
    this.router = new Router(this.work, this.adjusters, this.decisions, outbox, absences, policy);
    this.watch = new QueueWatch(this.work, this.adjusters, absences, policy);
    this.presences = new Presences(this.adjusters, outbox);
  }

  static async open(policy: RoutingPolicy = DEFAULT_ROUTING_POLICY): Promise<Stage> {
    const { url, close } = await openTestDatabase();
    const stage = new Stage(await Database.open({ url }), close, policy);
    stage.brandId = newId(NOON);
    await stage.sql(`INSERT INTO brands VALUES ($1, 'demo', 'Demo', 'en', 'UTC', $2)`, [stage.brandId, NOON]);
    return stage;
  }

  async sql<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
    return await this.database.query<Row>({ name: '', text, values });
  }

  async in<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return await this.database.transaction(work);
  }

  /** An account with an adjuster's profile (motor, Chinese) who is online unless told otherwise. */
  async adjuster(profile: AdjusterProfile = {}, isOnline = true): Promise<string> {
    const id = newId(NOON);
    await this.sql(`INSERT INTO accounts (id, email, name, password_hash, role, created_at) VALUES ($1, $2, 'x', '', 'adjuster', $3)`, [
      id,
      id,
      NOON,
    ]);
    await this.adjusters.put(this.database, id, { lines: { motor: 5 }, languages: { 'zh-CN': 5 }, ...profile });
    if (isOnline) await this.in((tx) => this.presences.beat(tx, [id], 'hub', NOON));
    return id;
  }

  /** A customer with an open conversation. */
  async conversation(): Promise<string> {
    const [contact, id] = [newId(NOON), newId(NOON)];
    await this.sql(`INSERT INTO contacts (id, kind, name, created_at) VALUES ($1, 'person', 'x', $2)`, [contact, NOON]);
    await this.sql(
      `INSERT INTO conversations (id, contact_id, brand_id, channel, last_message_at, opened_at) VALUES ($1, $2, $3, 'sms', $4, $4)`,
      [id, contact, this.brandId, NOON],
    );
    return id;
  }

  facts(conversationId: string, needs: Partial<Needs> = {}, work: Work = 'async'): RoutingFacts {
    return {
      conversationId,
      work,
      needs: someNeeds({ brandId: this.brandId, ...needs }),
      status: 'open',
      toFile: false,
      awaitingReply: true,
      labels: [],
      waitingSince: NOON,
      dueAt: null,
    };
  }

  /** Routes with the conversation's row locked, as the hub does. */
  async route(facts: RoutingFacts, occasion: Occasion = { cause: 'arrived', now: NOON }): Promise<Routing> {
    return await this.in(async (tx) => {
      await tx.query({ name: 'test-lock', text: 'SELECT 1 FROM conversations WHERE id = $1 FOR UPDATE', values: [facts.conversationId] });
      return await this.router.route(tx, facts, occasion);
    });
  }

  async load(accountId: string): Promise<number> {
    return (await this.adjusters.find(this.database, accountId))!.used;
  }

  /** Adjusters whose counted load is not the sum of what their work holds: never any. */
  async miscounted(): Promise<object[]> {
    return await this.sql(
      `SELECT account_id, used FROM adjusters WHERE used <> (SELECT coalesce(sum(units_held), 0) FROM work_items WHERE work_items.account_id = adjusters.account_id AND state = 'reserved')`,
    );
  }

  async events(conversationId: string): Promise<string[]> {
    return (await this.sql<{ type: string }>('SELECT type FROM outbox WHERE conversation_id = $1 ORDER BY n', [conversationId])).map(
      ({ type }) => type,
    );
  }

  async close(): Promise<void> {
    await this.database.close();
    await this.drop();
  }
}
