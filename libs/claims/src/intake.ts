import { newId, type Clock, type Outbox, type Seal, type Transaction } from '@claimline/database';
import type { ClaimChange } from './change';
import type { ClaimMirror } from './claim';
import type { ClaimEventRepository, StoredClaimEvent } from './claim-event.repository';
import type { ClaimRepository } from './claim.repository';
import type { StageCodes } from './stage-codes';
import { attemptOf, duplicate, mirrorsOf, newsOf, resultOf, settledBy, type AttemptLook, type IntakeResult, type Taken } from './taken';

/** What the claims room asks of others: whose account a handler is, which brand is meant, how the claim core spells its stages. */
export abstract class ClaimSurroundings {
  /** Account ids by external id; who has no account is left out. */
  abstract accountsOf(tx: Transaction, externalIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** The brand of that key, else the first brand. */
  abstract brandOf(tx: Transaction, key: string | undefined): Promise<string>;
  abstract stageCodes(tx: Transaction): Promise<StageCodes>;
}

/** A claim event as it crossed the door: an envelope (CloudEvents 1.0) and what it says. */
export interface IncomingClaimEvent {
  readonly source: string;
  readonly id: string;
  readonly type: string;
  readonly occurredAt?: Date;
  readonly change: ClaimChange;
}

/** Takes claim events in, in the caller's transaction: decides, keeps each event whatever becomes of it, and tells the others. */
export class ClaimIntake {
  constructor(
    private readonly claims: ClaimRepository,
    private readonly events: ClaimEventRepository,
    private readonly surroundings: ClaimSurroundings,
    private readonly outbox: Outbox,
    private readonly seal: Seal,
    private readonly clock: Clock,
  ) {}

  /** Events that came together, each decided after the one before it. A redelivery, however often and however parallel, has no effect. */
  async take(tx: Transaction, incoming: readonly IncomingClaimEvent[]): Promise<IntakeResult[]> {
    const now = this.clock.now();
    const claims = await this.claims.hold(tx, numbersOf(incoming));
    // Asked when the claims are held: of a redelivery that waited for the first, the first is known by now.
    const isKnown = await this.events.known(tx, incoming);
    const fresh = firstOfEach(incoming).filter((event) => !isKnown(event));
    if (fresh.length === 0) return incoming.map(duplicate);
    const look = await this.lookUp(tx, fresh, claims);
    const taken = new Map(fresh.map((event) => [event, this.decide(event, { claims, look, now })]));
    await this.keep(tx, [...taken.values()], now);
    return incoming.map((event) => resultOf(taken.get(event)) ?? duplicate(event));
  }

  /**
   * Looks at a kept event again: after its stage code was mapped, or because a person (`confirmedBy`) says that the forbidden edge is right.
   * Undefined: there is no such event, or it was applied already.
   */
  async reconsider(tx: Transaction, claimEventId: string, confirmedBy: string | null): Promise<IntakeResult | undefined> {
    const kept = await this.events.hold(tx, claimEventId);
    if (!kept || !['unknown-stage', 'anomaly', 'conflict'].includes(kept.outcome)) return undefined;
    const change = JSON.parse(this.seal.open(kept).toString('utf8')) as ClaimChange;
    const claims = await this.claims.hold(tx, [change.claimNumber]);
    const look = await this.lookUp(tx, [{ change }], claims);
    const now = this.clock.now();
    const attempt = attemptOf(change, claims.get(change.claimNumber), {
      ...look,
      occurredAt: kept.occurredAt,
      confirmed: confirmedBy !== null,
      now,
    });
    const taken: Taken = { stored: { ...kept, ...settledBy(attempt) }, change, attempt };
    await this.claims.save(tx, mirrorsOf([taken]), now);
    await this.events.settle(tx, { ...taken.stored, confirmedBy });
    await this.outbox.append(tx, now, newsOf(taken));
    return resultOf(taken);
  }

  /** What the events refer to, asked once for all of them. */
  private async lookUp(
    tx: Transaction,
    events: readonly Pick<IncomingClaimEvent, 'change'>[],
    claims: ReadonlyMap<string, ClaimMirror>,
  ): Promise<AttemptLook> {
    const changes = events.map(({ change }) => change);
    const brands = new Map<string | undefined, string>();
    for (const { claimNumber, brand } of changes)
      if (!claims.has(claimNumber) && !brands.has(brand)) brands.set(brand, await this.surroundings.brandOf(tx, brand));
    return {
      brandOf: ({ brand }) => brands.get(brand)!,
      accounts: await this.surroundings.accountsOf(tx, [...new Set(changes.flatMap(handlersOf))]),
      codes: await this.surroundings.stageCodes(tx),
    };
  }

  /** Decides, and puts the claim as it is then among `claims`: the next event of it goes on from there. */
  private decide(
    { source, id, type, occurredAt: told, change }: IncomingClaimEvent,
    { claims, look, now }: { readonly claims: Map<string, ClaimMirror>; readonly look: AttemptLook; readonly now: Date },
  ): Taken {
    const occurredAt = told && told < now ? told : now;
    const attempt = attemptOf(change, claims.get(change.claimNumber), { ...look, occurredAt, confirmed: false, now });
    if (attempt.decision.outcome === 'applied') claims.set(change.claimNumber, attempt.decision.mirror);
    const stored: StoredClaimEvent = {
      ...this.seal.seal(Buffer.from(JSON.stringify(change))),
      ...settledBy(attempt),
      id: newId(now),
      source,
      eventId: id,
      claimNumber: change.claimNumber,
      version: change.version,
      type,
      occurredAt,
      receivedAt: now,
    };
    return { stored, change, attempt };
  }

  private async keep(tx: Transaction, taken: readonly Taken[], now: Date): Promise<void> {
    await this.claims.save(tx, mirrorsOf(taken), now);
    await this.events.insert(
      tx,
      taken.map(({ stored }) => stored),
    );
    await this.outbox.append(tx, now, taken.flatMap(newsOf));
  }
}

const numbersOf = (events: readonly IncomingClaimEvent[]): string[] => events.map(({ change }) => change.claimNumber);

/** Of several that carry one name the first: the others are redeliveries of it. */
const firstOfEach = (events: readonly IncomingClaimEvent[]): IncomingClaimEvent[] =>
  events.filter((event, index) => events.findIndex(({ source, id }) => source === event.source && id === event.id) === index);

const handlersOf = (change: ClaimChange): string[] =>
  [change.handler, ...(change.coHandlers ?? [])].flatMap((handler) => handler?.externalId ?? []);
