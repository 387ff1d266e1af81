import { ClaimCoreEventRepository, ClaimCoreLine, type StoredClaimCoreEvent } from '@claimline/claims';
import { Database, Jobs, type Clock, type JobHandlers, type LoggedEvent, type Transaction } from '@claimline/database';
import type { Log } from '@claimline/messages';
import { Tasks } from '@claimline/quality';
import { Webhook } from 'standardwebhooks';
import { SealedEndpoints, type Endpoint } from '../claims/line-out/sealed-endpoints';

/** The settings row that says where the claim core listens. */
export const CLAIM_CORE = 'claim-core';
const DELIVER = 'claim-core.deliver';
// The waits grow from seconds to six hours: sixteen tries last two days, a weekend's repair.
const TRIES = 16;
const TASK_DUE_MS = 4 * 3_600_000;

/** What this tells with: the rows, the line, where it leads. */
export interface TellingParts {
  readonly events: ClaimCoreEventRepository;
  readonly line: ClaimCoreLine;
  readonly endpoints: SealedEndpoints;
  readonly jobs: Jobs;
  readonly tasks: Tasks;
}

/** Brings the claim core what it is to be told: signed (Standard Webhooks 1.0.0), again and again until it takes it, else a person hears of it. */
export class TellClaimCore {
  constructor(
    private readonly database: Database,
    private readonly parts: TellingParts,
    private readonly fetch: typeof globalThis.fetch,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  async onPublished(tx: Transaction, event: LoggedEvent): Promise<void> {
    const hasAddress = (await this.parts.endpoints.read(tx, CLAIM_CORE)) !== undefined;
    await this.parts.line.place(tx, event, hasAddress);
    if (hasAddress) await this.enqueue(tx, String(event.payload.eventId));
  }

  /** Sends it once more, whatever became of it before. False: there is no such event, or it waits to be sent already. */
  async replay(tx: Transaction, id: string): Promise<boolean> {
    if (!(await this.parts.events.renew(tx, id))) return false;
    await this.enqueue(tx, id);
    return true;
  }

  /** One try. @throws Error so that the job comes again, until the last one has failed too */
  async run(id: string, isLast: boolean): Promise<void> {
    const row = await this.parts.events.find(this.database, id);
    if (!row || row.state !== 'due') return;
    const endpoint = await this.parts.endpoints.read(this.database, CLAIM_CORE);
    const { status, problem } = endpoint ? await this.post(row, endpoint) : { status: null, problem: 'no address is set' };
    const state = problem === null ? 'delivered' : !endpoint ? 'to-be-pulled' : isLast ? 'failed' : 'due';
    await this.parts.events.noteTry(this.database, id, { state, status, problem, at: this.clock.now() });
    if (state === 'failed') await this.askPerson(row);
    if (state === 'due') throw new Error(`the claim core did not take ${id}: ${problem}`);
  }

  private async post(row: StoredClaimCoreEvent, { url, secret }: Endpoint): Promise<{ status: number | null; problem: string | null }> {
    const body = JSON.stringify(this.parts.line.opened(row));
    // The machine's time, not the clock's: whoever verifies compares it with its own, and five minutes is all it allows.
    const sentAt = new Date();
    const headers = {
      'content-type': 'application/cloudevents+json; charset=utf-8',
      'webhook-id': row.id,
      'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(row.id, sentAt, body),
    };
    try {
      const answer = await this.fetch(url, { method: 'POST', headers, body });
      await answer.arrayBuffer();
      return { status: answer.status, problem: answer.ok ? null : `answered ${answer.status}` };
    } catch (error) {
      return { status: null, problem: reasonOf(error) };
    }
  }

  private async askPerson(row: StoredClaimCoreEvent): Promise<void> {
    this.log.error({ eventId: row.id, type: row.type }, 'the claim core did not take an event: it waits for a person');
    const now = this.clock.now();
    await this.database.transaction((tx) =>
      this.parts.tasks.create(
        tx,
        {
          key: `claim-core:${row.id}`,
          kind: 'claim-core-unreached',
          params: { event: row.id, type: row.type },
          due: new Date(now.getTime() + TASK_DUE_MS),
        },
        now,
      ),
    );
  }

  private enqueue(tx: Transaction, eventId: string): Promise<void> {
    return this.parts.jobs.add(tx, DELIVER, { eventId }, { key: `${DELIVER}:${eventId}`, attempts: TRIES });
  }
}

// Names the cause and never the address: it stands in a log that more people read than the settings.
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = (cause as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : cause instanceof Error ? cause.name : 'no answer';
}

/** The jobs of this flow; the job runner takes them in. */
export const claimCoreJobs = (tell: TellClaimCore): JobHandlers => ({
  [DELIVER]: ({ eventId }: { eventId: string }, { last }) => tell.run(eventId, last),
});
