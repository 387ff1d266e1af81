import { newId, type Outbox, type Queries, type Transaction } from '@claimline/database';
import type { Calendars } from './calendars.repository';
import { clocksToStart, isAcknowledgement, isResponse, type ClockOccasion } from './choose-clocks';
import {
  cancelClock,
  extendClock,
  finishClock,
  lookAtClock,
  meetClock,
  pauseClock,
  resumeClock,
  startClock,
  type Answer,
  type ClockDecision,
} from './clock';
import type { StoredClock } from './clock.entity';
import { DEFAULT_CLOCK_POLICIES, type ClockPolicy } from './clock-policy';
import type { ClockStore } from './clocks.repository';
import type { QualityEvent } from './events';

/** Which conversation (and claim) clocks belong to, and by whose hours they run. The caller holds the conversation's row. */
export interface ClockPlace {
  /** Null: the claim's own clock, for a loss that was told on no channel of ours. */
  readonly conversationId: string | null;
  readonly claimId: string | null;
  readonly brand: { readonly id: string; readonly timeZone: string };
}

const DUE = 200;

/** Starts clocks, ends them, and tells when they warn or breach. */
export class Clocks {
  constructor(
    private readonly store: ClockStore,
    private readonly calendars: Calendars,
    private readonly outbox: Outbox,
    private readonly policies: readonly ClockPolicy[] = DEFAULT_CLOCK_POLICIES,
  ) {}

  /** Something has happened that may start clocks: the customer wrote, a loss was told, the claim became known. */
  async happened(tx: Transaction, place: ClockPlace, occasion: ClockOccasion, startedBy: Readonly<Record<string, string>>): Promise<void> {
    const standing = await this.store.of(tx, place);
    const known = standing.map(({ policy, endedAt }) => ({ policy, isOver: endedAt !== null }));
    const chosen = clocksToStart(occasion, this.policies, known);
    if (chosen.length === 0) return;
    const { id: calendarId, ...calendar } = await this.calendars.forBrand(tx, place.brand, occasion.at);
    // The law counts from when the loss was told, also where only now it is known which law.
    const told = standing.find(({ policy }) => isAcknowledgement(policy))?.startedAt ?? occasion.at;
    const { conversationId, claimId } = place;
    const clocks = chosen.map((policy) => ({
      ...startClock(policy, { ...calendar }, policy.starts === 'loss-stated' ? told : occasion.at),
      id: newId(occasion.at),
      calendarId,
      conversationId,
      claimId,
      startedBy,
    }));
    await this.start(tx, clocks, occasion.at);
  }

  /** Starts the clock of one policy, unless it runs there already or the policy is off. */
  async begin(
    tx: Transaction,
    place: ClockPlace,
    policyId: string,
    start: { readonly at: Date; readonly startedBy: Readonly<Record<string, string>> },
  ): Promise<void> {
    const policy = this.policies.find(({ id, enabled }) => id === policyId && enabled);
    if (!policy) return;
    const { id: calendarId, ...calendar } = await this.calendars.forBrand(tx, place.brand, start.at);
    const { conversationId, claimId } = place;
    const clock = { ...startClock(policy, { ...calendar }, start.at), id: newId(start.at), calendarId, conversationId, claimId };
    await this.start(tx, [{ ...clock, startedBy: start.startedBy }], start.at);
  }

  /** What a clock waited for has happened. */
  async finish(tx: Transaction, id: string, at: Date, endedBy: Readonly<Record<string, string>>): Promise<void> {
    await this.one(tx, id, at, (clock) => finishClock(clock, at, endedBy));
  }

  /** It is waited for no more. */
  async cancel(tx: Transaction, id: string, at: Date, cause: string): Promise<void> {
    await this.one(tx, id, at, (clock) => cancelClock(clock, at, cause));
  }

  /** Clocks that are not over and were started by this thing. */
  startedBy(queries: Queries, what: 'complaint', id: string): Promise<StoredClock[]> {
    return this.store.startedBy(queries, what, id);
  }

  /** We have answered. */
  async answered(tx: Transaction, place: Pick<ClockPlace, 'claimId'> & { conversationId: string }, answer: Answer): Promise<void> {
    await this.change(tx, place, answer.at, (clock) => meetClock(clock, answer));
  }

  /** Closed without an answer: nobody waits for one. What the law wants acknowledged runs on. */
  async resolved(tx: Transaction, conversationId: string, at: Date): Promise<void> {
    await this.change(tx, { conversationId, claimId: null }, at, (clock) =>
      isResponse(clock.policy)
        ? cancelClock(clock, at, 'resolved')
        : clock.terms.stops === 'resolution'
          ? finishClock(clock, at, { cause: 'resolved' })
          : { clock, changes: [] },
    );
  }

  async pause(tx: Transaction, id: string, at: Date, evidence: string): Promise<StoredClock | undefined> {
    return await this.one(tx, id, at, (clock) => pauseClock(clock, at, evidence));
  }

  async resume(tx: Transaction, id: string, at: Date, evidence: string): Promise<StoredClock | undefined> {
    return await this.one(tx, id, at, (clock) => resumeClock(clock, at, evidence));
  }

  /** More time; who allowed it and why is the caller's to write into the audit. */
  async extend(tx: Transaction, id: string, at: Date, until: Date): Promise<StoredClock | undefined> {
    return await this.one(tx, id, at, (clock) => extendClock(clock, until));
  }

  /** Warns or breaches one clock, if it is time. */
  async look(tx: Transaction, id: string, now: Date): Promise<void> {
    await this.one(tx, id, now, (clock) => lookAtClock(clock, now));
  }

  /** Clocks that want to be looked at now. */
  async due(queries: Queries, now: Date): Promise<readonly { readonly id: string; readonly conversationId: string | null }[]> {
    return await this.store.due(queries, now, DUE);
  }

  async find(queries: Queries, id: string): Promise<StoredClock | undefined> {
    return await this.store.find(queries, id);
  }

  /** What the inbox sorts by: the nearest deadline of the conversation's clocks and tasks. */
  async nextDue(queries: Queries, conversationId: string): Promise<{ readonly at: Date; readonly kind: string } | null> {
    return await this.store.nearest(queries, conversationId);
  }

  private async start(tx: Transaction, clocks: readonly StoredClock[], now: Date): Promise<void> {
    const started = await this.store.add(tx, clocks);
    await this.publish(
      tx,
      now,
      started.map((clock) => ({ clock, changes: ['started' as const] })),
    );
  }

  private async one(
    tx: Transaction,
    id: string,
    now: Date,
    decide: (clock: StoredClock) => ClockDecision<StoredClock>,
  ): Promise<StoredClock | undefined> {
    const clock = await this.store.lock(tx, id);
    if (!clock) return undefined;
    const decision = decide(clock);
    await this.apply(tx, now, [decision]);
    return decision.clock;
  }

  private async change(
    tx: Transaction,
    place: { conversationId: string; claimId: string | null },
    now: Date,
    decide: (clock: StoredClock) => ClockDecision<StoredClock>,
  ): Promise<void> {
    const running = (await this.store.of(tx, place)).filter(({ endedAt }) => !endedAt);
    await this.apply(tx, now, running.map(decide));
  }

  private async apply(tx: Transaction, now: Date, decisions: readonly ClockDecision<StoredClock>[]): Promise<void> {
    const changed = decisions.filter(({ changes }) => changes.length > 0);
    await this.store.save(
      tx,
      changed.map(({ clock }) => clock),
    );
    await this.publish(tx, now, changed);
  }

  private async publish(tx: Transaction, now: Date, decisions: readonly ClockDecision<StoredClock>[]): Promise<void> {
    await this.outbox.append(
      tx,
      now,
      decisions.flatMap(({ clock, changes }) =>
        changes.map((change) => ({ ...eventOf(change, clock), conversationId: clock.conversationId })),
      ),
    );
  }
}

function eventOf(change: ClockDecision['changes'][number], clock: StoredClock): Omit<QualityEvent, 'conversationId'> {
  const facts = { clockId: clock.id, policy: clock.policy };
  const deadline = clock.deadline.toISOString();
  switch (change) {
    case 'started':
    case 'resumed':
    case 'extended':
      return { type: `clock.${change}`, payload: { ...facts, deadline } };
    case 'paused':
      return { type: 'clock.paused', payload: { ...facts, evidence: clock.pauseEvidence ?? '' } };
    case 'canceled':
      return { type: 'clock.canceled', payload: { ...facts, cause: clock.endedBy?.['cause'] ?? '' } };
    default:
      return { type: `clock.${change}`, payload: facts };
  }
}
