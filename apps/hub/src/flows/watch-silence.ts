import { Conversations } from '@claimline/conversations';
import { Database, Outbox, type LoggedEvent, type Transaction } from '@claimline/database';
import type { Log } from '@claimline/messages';
import { Tasks } from '@claimline/quality';
import { AftercareSettings } from '../quality/aftercare-terms';
import { AftercareView, type QuietClaim } from '../views/aftercare.view';
import { oneByOne } from './one-by-one';

/** The label of a conversation whose customer has heard nothing for too long. */
export const GONE_QUIET = 'gone-quiet';
const KIND = 'gone-quiet';
const DAY_MS = 24 * 3_600_000;
// So many open claims are looked at in one second: a hundred thousand take half an hour, and no second is full of them.
const AT_ONCE = 50;
// Silence is counted in days: looking more often than this finds nothing new.
const LOOK_EVERY_MS = 10 * 60_000;

/** Sees to it that no customer of an open claim hears nothing for too long: a task for the handler, and the conversation in the view *Gone quiet*. */
export class WatchSilence {
  readonly name = 'silence';
  private lookedAt: Date | undefined;
  /** The last claim of a round that is under way. */
  private at: string | null = null;

  constructor(
    private readonly database: Database,
    private readonly view: AftercareView,
    private readonly conversations: Conversations,
    private readonly work: { readonly tasks: Tasks; readonly outbox: Outbox },
    private readonly terms: AftercareSettings,
    readonly log: Log,
  ) {}

  async sweep(now: Date): Promise<number> {
    const isSoon = this.lookedAt !== undefined && Math.abs(now.getTime() - this.lookedAt.getTime()) < LOOK_EVERY_MS;
    if (isSoon && !this.at) return 0;
    // A clock that was put on or back begins a new round.
    const after = isSoon ? this.at : null;
    const { quietDays } = await this.terms.read(this.database);
    const since = new Date(now.getTime() - quietDays * DAY_MS);
    const ids = await this.view.open(this.database, since, after, AT_ONCE);
    const quiet = await this.view.quiet(this.database, since, ids);
    await oneByOne(quiet, this, (claim) => this.database.transaction((tx) => this.raise(tx, claim, now)));
    this.at = ids.length < AT_ONCE ? null : ids.at(-1)!;
    this.lookedAt = now;
    return quiet.length;
  }

  /** Something of ours has left: the silence is over. */
  async onMessageSent(tx: Transaction, event: LoggedEvent): Promise<void> {
    const row = event.conversationId ? await this.conversations.lock(tx, event.conversationId) : undefined;
    if (!row?.claim_id || row.kind !== 'ordinary') return;
    await this.work.tasks.settleClaim(tx, { claimId: row.claim_id, kind: KIND, key: `quiet:${row.claim_id}:` }, 'contacted', event.at);
    if (!row.labels.includes(GONE_QUIET)) return;
    await this.conversations.label(tx, row.id, [], [GONE_QUIET]);
    await this.tell(tx, row.id, row.claim_number, event.at);
  }

  /** A call that somebody took is a word too. */
  async onCallChanged(tx: Transaction, event: LoggedEvent): Promise<void> {
    if (event.payload['phase'] === 'answered') await this.onMessageSent(tx, event);
  }

  private async raise(tx: Transaction, claim: QuietClaim, now: Date): Promise<void> {
    const { id, number, conversationId, contactId, handlerId: ownerId, lastWordAt } = claim;
    if (conversationId) await this.conversations.lock(tx, conversationId);
    const key = `quiet:${id}:${lastWordAt?.toISOString().slice(0, 10) ?? 'never'}`;
    const params = { since: lastWordAt?.toISOString() ?? null };
    const about = { claim: { id, number }, conversationId, contactId, ownerId, params, due: new Date(now.getTime() + DAY_MS) };
    await this.work.tasks.create(tx, { ...about, key, kind: KIND, reason: 'no-outbound' }, now);
    if (!conversationId) return;
    await this.conversations.label(tx, conversationId, [GONE_QUIET]);
    await this.tell(tx, conversationId, number, now);
  }

  private tell(tx: Transaction, conversationId: string, claimNumber: string | null, at: Date): Promise<void> {
    return this.work.outbox.append(tx, at, [{ type: 'conversation.quieted', conversationId, payload: claimNumber ? { claimNumber } : {} }]);
  }
}
