import type { ClaimChange, ToldParty } from './change';
import { applyChange, type ClaimMirror, type ClaimOutcome, type Decision } from './claim';
import type { StoredClaimEvent } from './claim-event.repository';
import { withIds } from './claim.repository';
import type { ClaimEvent } from './events';
import type { StageCodes } from './stage-codes';

/** A party that the event spoke of, with its id here and the ways to reach it. */
export interface ReachableParty extends ToldParty {
  readonly partyId: string;
  readonly contactId: string | null;
  readonly brandId: string;
  /** Whose law applies to the claim: telephone numbers are read as they are written there. */
  readonly jurisdiction: string;
}

/** What became of an event. */
export interface IntakeResult {
  readonly outcome: ClaimOutcome;
  readonly claimEventId: string | null;
  readonly claimNumber: string;
  /** The claim as it is now, where the event changed it. */
  readonly claim: ClaimMirror | null;
  readonly brandId: string | null;
  /** For people: the unknown code, the forbidden edge. */
  readonly detail: string | null;
  /** Those whom the event told of; to be made contacts. */
  readonly parties: readonly ReachableParty[];
  /** The report of ours that became this claim. */
  readonly draftId: string | null;
}

/** What was decided on an event, and on what claim. */
export interface Attempt {
  readonly before: ClaimMirror | undefined;
  readonly brandId: string;
  readonly decision: Decision;
}

/** An event, kept, with what was decided on it. */
export interface Taken {
  readonly stored: StoredClaimEvent;
  readonly change: ClaimChange;
  readonly attempt: Attempt;
}

/** What one event refers to. */
export interface AttemptLook {
  readonly brandOf: (change: ClaimChange) => string;
  readonly accounts: ReadonlyMap<string, string>;
  readonly codes: StageCodes;
}

/** Decides on a change of a claim that is held. */
export function attemptOf(
  change: ClaimChange,
  before: ClaimMirror | undefined,
  look: AttemptLook & { readonly occurredAt: Date; readonly confirmed: boolean; readonly now: Date },
): Attempt {
  const brandId = before?.brandId ?? look.brandOf(change);
  const decision = applyChange(before, change, { ...look, brandId });
  if (decision.outcome !== 'applied') return { before, brandId, decision };
  // With its ids already: what the event is kept with, what is told, and the next event of the same claim name them.
  return { before, brandId, decision: { ...decision, mirror: withIds(decision.mirror, look.now) } };
}

/** The claims that have changed, as they are after the last of these. */
export const mirrorsOf = (taken: readonly Taken[]): ClaimMirror[] => [
  ...new Map(
    taken.flatMap(({ attempt: { decision } }) => (decision.outcome === 'applied' ? [[decision.mirror.number, decision.mirror]] : [])),
  ).values(),
];

/** What became of an event; undefined for none. */
export function resultOf(taken: Taken): IntakeResult;
export function resultOf(taken: Taken | undefined): IntakeResult | undefined;
export function resultOf(taken: Taken | undefined): IntakeResult | undefined {
  if (!taken) return undefined;
  const { stored, change, attempt } = taken;
  const { decision } = attempt;
  const claim = decision.outcome === 'applied' ? decision.mirror : null;
  return {
    outcome: decision.outcome,
    claimEventId: stored.id,
    claimNumber: change.claimNumber,
    claim,
    brandId: attempt.brandId,
    detail: decision.outcome === 'applied' ? null : decision.detail,
    parties: claim ? reachable(claim, change) : [],
    draftId: claim ? (change.draftId ?? null) : null,
  };
}

/** The answer to a redelivery. */
export const duplicate = ({ change }: { readonly change: ClaimChange }): IntakeResult => ({
  outcome: 'duplicate',
  claimEventId: null,
  claimNumber: change.claimNumber,
  claim: null,
  brandId: null,
  detail: null,
  parties: [],
  draftId: null,
});

type Settlement = Pick<StoredClaimEvent, 'claimId' | 'exposureId' | 'outcome' | 'detail' | 'stage' | 'previousStage' | 'subStatus'>;

/** What an event is kept with. */
export function settledBy({ decision, before }: Attempt): Settlement {
  if (decision.outcome !== 'applied')
    return {
      claimId: before?.id ?? null,
      exposureId: null,
      outcome: decision.outcome,
      detail: decision.detail,
      stage: null,
      previousStage: null,
      subStatus: null,
    };
  const [move] = decision.moves;
  return {
    claimId: decision.mirror.id,
    exposureId: move?.exposure ? exposureId(decision.mirror, move.exposure) : null,
    outcome: 'applied',
    detail: null,
    stage: move?.to.stage ?? null,
    previousStage: move?.from?.stage ?? null,
    subStatus: move?.to.subStatus ?? null,
  };
}

const exposureId = (claim: ClaimMirror, named: string | null): string | null =>
  claim.exposures.find(({ externalId }) => externalId === named)?.id ?? null;

/** What the others are told of it. */
export const newsOf = ({ stored, attempt: { decision } }: Taken): ClaimEvent[] =>
  decision.outcome === 'applied' ? changes(stored, decision) : [refusal(stored, decision.outcome)];

/** One event for everything that moved; one for the claim where nothing moved but something is new. */
function changes(stored: StoredClaimEvent, decision: Extract<Decision, { outcome: 'applied' }>): ClaimEvent[] {
  const claim = decision.mirror;
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
      exposureId: exposureId(claim, move.exposure),
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
      brandId: claim.brandId,
      jurisdiction: claim.jurisdiction,
    }));
}
