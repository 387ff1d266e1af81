import { newId, type Clock, type Outbox, type Seal, type Transaction } from '@claimline/database';
import type { ClaimChange, ToldParty } from './change';
import { applyChange, type ClaimMirror, type ClaimOutcome, type Decision } from './claim';
import type { ClaimEventRepository, StoredClaimEvent } from './claim-event.repository';
import type { ClaimRepository } from './claim.repository';
import type { ClaimEvent } from './events';
import type { StageCodes } from './stage-codes';

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

/** A party that the event spoke of, with its id here and the ways to reach it. */
export interface ReachableParty extends ToldParty {
  readonly partyId: string;
  readonly contactId: string | null;
}

/** What became of an event. */
export interface IntakeResult {
  readonly outcome: ClaimOutcome;
  readonly claimEventId: string | null;
  readonly claimNumber: string;
  readonly claimId: string | null;
  readonly brandId: string | null;
  readonly jurisdiction: string;
  /** For people: the unknown code, the forbidden edge. */
  readonly detail: string | null;
  /** Those whom the event told of; to be made contacts. */
  readonly parties: readonly ReachableParty[];
  /** The report of ours that became this claim. */
  readonly draftId: string | null;
}

type Attempt = { readonly mirror: ClaimMirror | undefined; readonly decision: Decision; readonly brandId: string };

/** Takes claim events in, each in the caller's transaction: decides, keeps the event whatever becomes of it, and tells the others. */
export class ClaimIntake {
  constructor(
    private readonly claims: ClaimRepository,
    private readonly events: ClaimEventRepository,
    private readonly surroundings: ClaimSurroundings,
    private readonly outbox: Outbox,
    private readonly seal: Seal,
    private readonly clock: Clock,
  ) {}

  /** A redelivery, however often and however parallel, has no effect. */
  async take(tx: Transaction, incoming: IncomingClaimEvent): Promise<IntakeResult> {
    const now = this.clock.now();
    if (await this.events.isKnown(tx, incoming.source, incoming.id)) return duplicate(incoming);
    const occurredAt = incoming.occurredAt && incoming.occurredAt < now ? incoming.occurredAt : now;
    const attempt = await this.attempt(tx, incoming.change, { occurredAt, confirmed: false });
    const stored: StoredClaimEvent = {
      ...this.seal.seal(Buffer.from(JSON.stringify(incoming.change))),
      ...settledBy(attempt),
      id: newId(now),
      source: incoming.source,
      eventId: incoming.id,
      claimNumber: incoming.change.claimNumber,
      version: incoming.change.version,
      type: incoming.type,
      occurredAt,
      receivedAt: now,
    };
    if (!(await this.events.insert(tx, stored))) return duplicate(incoming);
    return this.finish(tx, { stored, change: incoming.change, attempt, confirmedBy: null });
  }

  /**
   * Looks at a kept event again: after its stage code was mapped, or because a person (`confirmedBy`) says that the forbidden edge is right.
   * Undefined: there is no such event, or it was applied already.
   */
  async reconsider(tx: Transaction, claimEventId: string, confirmedBy: string | null): Promise<IntakeResult | undefined> {
    const stored = await this.events.hold(tx, claimEventId);
    if (!stored || !['unknown-stage', 'anomaly', 'conflict'].includes(stored.outcome)) return undefined;
    const change = JSON.parse(this.seal.open(stored).toString('utf8')) as ClaimChange;
    const attempt = await this.attempt(tx, change, { occurredAt: stored.occurredAt, confirmed: confirmedBy !== null });
    return this.finish(tx, { stored, change, attempt, confirmedBy });
  }

  private async attempt(
    tx: Transaction,
    change: ClaimChange,
    look: { readonly occurredAt: Date; readonly confirmed: boolean },
  ): Promise<Attempt> {
    const mirror = (await this.claims.hold(tx, [change.claimNumber])).get(change.claimNumber);
    const brandId = mirror?.brandId ?? (await this.surroundings.brandOf(tx, change.brand));
    const accounts = await this.surroundings.accountsOf(tx, handlersOf(change));
    const codes = await this.surroundings.stageCodes(tx);
    return { mirror, brandId, decision: applyChange(mirror, change, { ...look, brandId, accounts, codes }) };
  }

  private async finish(
    tx: Transaction,
    {
      stored,
      change,
      attempt,
      confirmedBy,
    }: { stored: StoredClaimEvent; change: ClaimChange; attempt: Attempt; confirmedBy: string | null },
  ): Promise<IntakeResult> {
    const { decision } = attempt;
    const now = this.clock.now();
    const saved = decision.outcome === 'applied' ? (await this.claims.save(tx, [decision.mirror], now))[0] : undefined;
    await this.events.settle(tx, { ...settledBy(attempt, saved), id: stored.id, confirmedBy });
    await this.outbox.append(
      tx,
      now,
      saved && decision.outcome === 'applied' ? changes(stored, saved, decision) : [refusal(stored, decision.outcome)],
    );
    return {
      outcome: decision.outcome,
      claimEventId: stored.id,
      claimNumber: change.claimNumber,
      claimId: saved?.id ?? attempt.mirror?.id ?? null,
      brandId: attempt.brandId,
      jurisdiction: saved?.jurisdiction ?? '',
      detail: decision.outcome === 'applied' ? null : decision.detail,
      parties: saved ? reachable(saved, change) : [],
      draftId: saved ? (change.draftId ?? null) : null,
    };
  }
}

const duplicate = ({ change }: IncomingClaimEvent): IntakeResult => ({
  outcome: 'duplicate',
  claimEventId: null,
  claimNumber: change.claimNumber,
  claimId: null,
  brandId: null,
  jurisdiction: '',
  detail: null,
  parties: [],
  draftId: null,
});

const handlersOf = (change: ClaimChange): string[] =>
  [change.handler, ...(change.coHandlers ?? [])].flatMap((handler) => handler?.externalId ?? []);

type Settlement = Pick<StoredClaimEvent, 'claimId' | 'exposureId' | 'outcome' | 'detail' | 'stage' | 'previousStage' | 'subStatus'>;

function settledBy({ decision, mirror }: Attempt, saved?: ClaimMirror): Settlement {
  const claimId = saved?.id ?? mirror?.id ?? null;
  if (decision.outcome !== 'applied')
    return {
      claimId,
      exposureId: null,
      outcome: decision.outcome,
      detail: decision.detail,
      stage: null,
      previousStage: null,
      subStatus: null,
    };
  const [move] = decision.moves;
  const exposureId = move?.exposure ? (saved?.exposures.find(({ externalId }) => externalId === move.exposure)?.id ?? null) : null;
  return {
    claimId,
    exposureId,
    outcome: 'applied',
    detail: null,
    stage: move?.to.stage ?? null,
    previousStage: move?.from?.stage ?? null,
    subStatus: move?.to.subStatus ?? null,
  };
}

/** One event for everything that moved; one for the claim where nothing moved but something is new. */
function changes(stored: StoredClaimEvent, claim: ClaimMirror, decision: Extract<Decision, { outcome: 'applied' }>): ClaimEvent[] {
  const whole = { exposure: null, from: claim, to: claim };
  const moves = decision.moves.length > 0 ? decision.moves : [whole];
  return moves.map((move, index) => ({
    type: 'claim.changed',
    conversationId: null,
    payload: {
      claimId: claim.id!,
      claimNumber: claim.number,
      version: claim.version,
      claimEventId: stored.id,
      stage: move.to.stage,
      subStatus: move.to.subStatus,
      previousStage: move.from?.stage ?? null,
      previousSubStatus: move.from?.subStatus ?? null,
      exposureId: claim.exposures.find(({ externalId }) => externalId === move.exposure)?.id ?? null,
      stageChanged: move !== whole,
      handlerChanged: index === 0 && decision.handlerChanged,
      handlerReplaced: index === 0 && decision.handlerReplaced,
      handlerId: claim.handlerId,
      occurredAt: stored.occurredAt.toISOString(),
    },
  }));
}

const refusal = (stored: StoredClaimEvent, outcome: string): ClaimEvent => ({
  type: 'claim.event-refused',
  conversationId: null,
  payload: { claimNumber: stored.claimNumber, claimEventId: stored.id, outcome },
});

/** The parties that the event told of, with what it said of how to reach them. */
export function reachable(claim: ClaimMirror, change: ClaimChange): ReachableParty[] {
  const told = new Map((change.parties ?? []).map((party) => [party.externalId, party]));
  return claim.parties
    .filter((party) => told.has(party.externalId) || party.contactId === null)
    .map((party) => ({
      ...(told.get(party.externalId) ?? { externalId: party.externalId, role: party.role, name: party.name }),
      name: party.name,
      partyId: party.id!,
      contactId: party.contactId,
    }));
}
