import type { Stage } from '@claimline/messages';
import type { ClaimChange } from './change';
import { mergeClaim, type Surroundings } from './merge';
import { mapStage, subStatusOf, type StageCodes } from './stage-codes';
import { isAllowed, isReachable, isSamePlace, type Place } from './stages';

/** Somebody with a part in a claim. `id` is null until it is stored. */
export interface Party {
  readonly id: string | null;
  readonly externalId: string;
  readonly role: string;
  readonly name: string;
  readonly contactId: string | null;
  readonly language: string | null;
  /** External id of the party that acts for this one. */
  readonly representedBy: string | null;
}

/** What is claimed by whom, with a stage of its own. */
export interface Exposure extends Place {
  readonly id: string | null;
  readonly externalId: string;
  readonly kind: string;
  /** External id of its party. */
  readonly party: string | null;
}

/** The claim as we last heard of it. The claim core owns it; we only ever copy. */
export interface ClaimMirror extends Place {
  /** Null until it is stored. */
  readonly id: string | null;
  readonly number: string;
  readonly externalId: string | null;
  readonly brandId: string;
  readonly lineOfBusiness: string;
  readonly jurisdiction: string;
  readonly lossDate: string | null;
  readonly version: number;
  readonly policyNumber: string | null;
  readonly plate: string | null;
  readonly handlerExternalId: string | null;
  readonly handlerName: string | null;
  /** The account of the handler, where we have one. */
  readonly handlerId: string | null;
  readonly coHandlerIds: readonly string[];
  readonly nextStep: string | null;
  readonly promisedBy: string | null;
  readonly flags: readonly string[];
  readonly catastrophe: string | null;
  /** What templates may say of it; amounts as `amount.<name>`. */
  readonly facts: Readonly<Record<string, string>>;
  /** When each stage was last entered, ISO. */
  readonly stageTimes: Readonly<Record<string, string>>;
  readonly parties: readonly Party[];
  readonly exposures: readonly Exposure[];
}

/** What became of an event. Only `applied` changed the mirror. */
export type ClaimOutcome = 'applied' | 'duplicate' | 'stale' | 'unknown-stage' | 'anomaly' | 'conflict';

/** One thing that stands elsewhere now: the claim as a whole (`exposure` null) or one exposure (its external id). */
export interface Move {
  readonly exposure: string | null;
  readonly from: Place | null;
  readonly to: Place;
}

export type Decision =
  | {
      readonly outcome: 'applied';
      readonly mirror: ClaimMirror;
      readonly moves: readonly Move[];
      readonly handlerChanged: boolean;
      readonly handlerReplaced: boolean;
    }
  | { readonly outcome: Exclude<ClaimOutcome, 'applied' | 'duplicate'>; readonly detail: string };

export interface DecisionInput extends Surroundings {
  readonly codes: StageCodes;
  /** A person has looked at the event and says that it is right: a forbidden edge is taken. */
  readonly confirmed: boolean;
}

/** Decides what a claim event does to the mirror. An older version never overrides a newer one; a forbidden edge waits for a person. */
export function applyChange(mirror: ClaimMirror | undefined, change: ClaimChange, input: DecisionInput): Decision {
  if (mirror?.externalId && change.claimId && mirror.externalId !== change.claimId)
    return { outcome: 'conflict', detail: `claim id ${change.claimId} carries the number of another claim` };
  if (mirror && change.version <= mirror.version)
    return { outcome: 'stale', detail: `version ${change.version}, already at ${mirror.version}` };
  const unknown = unknownCode(change, input.codes);
  if (unknown !== undefined) return { outcome: 'unknown-stage', detail: unknown };
  const moves = movesOf(mirror, change, input.codes);
  const missing = change.exposure && !knowsExposure(mirror, change) ? `exposure ${change.exposure.externalId} is unknown` : undefined;
  const refused = missing ?? (input.confirmed || !mirror ? undefined : forbidden(mirror, change, { moves, codes: input.codes }));
  if (refused !== undefined) return { outcome: 'anomaly', detail: refused };
  const merged = mergeClaim(mirror, change, { ...input, moves });
  const handlerChanged = merged.handlerExternalId !== (mirror?.handlerExternalId ?? null);
  return {
    outcome: 'applied',
    mirror: merged,
    moves: moves.filter(hasMoved),
    handlerChanged,
    handlerReplaced: handlerChanged && mirror?.handlerExternalId != null,
  };
}

function unknownCode(change: ClaimChange, codes: StageCodes): string | undefined {
  const told = [change.stage, ...(change.exposures ?? []).map((exposure) => exposure.stage)];
  return told.find((code) => code !== undefined && !mapStage(codes, code));
}

/** The place that a code names, as it stands after `before`: a sub-state that is not told stays with its stage. */
function placeOf(codes: StageCodes, told: { readonly stage: string; readonly subStatus?: string }, before: Place | undefined): Place {
  const mapped = mapStage(codes, told.stage)!;
  const subStatus = subStatusOf(told.subStatus) ?? mapped.subStatus ?? null;
  return { stage: mapped.stage, subStatus: subStatus ?? (before?.stage === mapped.stage ? before.subStatus : null) };
}

const knowsExposure = (mirror: ClaimMirror | undefined, change: ClaimChange): boolean =>
  [...(mirror?.exposures ?? []), ...(change.exposures ?? [])].some((exposure) => exposure.externalId === change.exposure?.externalId);

/** Everything that the event places, moved or not. */
export function movesOf(mirror: ClaimMirror | undefined, change: ClaimChange, codes: StageCodes): Move[] {
  const about = change.exposure?.externalId;
  const told = new Map<string, { stage: string; subStatus?: string }>();
  for (const { externalId, stage, subStatus } of change.exposures ?? []) if (stage) told.set(externalId, { stage, subStatus });
  if (about && change.stage) told.set(about, { stage: change.stage, subStatus: change.subStatus });
  const moves = [...told].map(([exposure, place]): Move => {
    const before = mirror?.exposures.find((known) => known.externalId === exposure);
    return { exposure, from: before ?? (exposure === about ? null : placeOf(codes, place, undefined)), to: placeOf(codes, place, before) };
  });
  if (about || !change.stage) return moves;
  return [
    { exposure: null, from: mirror ?? null, to: placeOf(codes, { stage: change.stage, subStatus: change.subStatus }, mirror) },
    ...moves,
  ];
}

const hasMoved = (move: Move): boolean =>
  move.from === null || move.from.stage !== move.to.stage || move.from.subStatus !== move.to.subStatus;

/** The first forbidden step, in words for a person; undefined where all are allowed. */
function forbidden(
  mirror: ClaimMirror,
  change: ClaimChange,
  { moves, codes }: { moves: readonly Move[]; codes: StageCodes },
): string | undefined {
  const gap = change.version > mirror.version + 1;
  const said = gap && change.previousStage ? mapStage(codes, change.previousStage) : undefined;
  const wrong = moves.find((move) => move.from !== null && !isOpen(move.from, move.to, { gap, said: said?.stage }));
  if (!wrong) return undefined;
  const name = (place: Place): string => (place.subStatus ? `${place.stage}/${place.subStatus}` : place.stage);
  return `${wrong.exposure ? `exposure ${wrong.exposure}: ` : ''}${name(wrong.from!)} → ${name(wrong.to)}`;
}

/** With nothing missing, one step; with events missing, the step that the claim core says it was, or any way there is. */
function isOpen(from: Place, to: Place, { gap, said }: { gap: boolean; said: Stage | undefined }): boolean {
  if (!gap || isSamePlace(from, to)) return isAllowed(from, to);
  return said ? isAllowed({ stage: said, subStatus: said === from.stage ? from.subStatus : null }, to) : isReachable(from.stage, to.stage);
}
