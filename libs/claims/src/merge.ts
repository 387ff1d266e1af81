import type { ClaimChange } from './change';
import type { ClaimMirror, Exposure, Move, Party } from './claim';

/** What a claim event refers to, looked up before deciding. */
export interface Surroundings {
  readonly brandId: string;
  /** Account ids by external id, of those who have an account here. */
  readonly accounts: ReadonlyMap<string, string>;
  readonly occurredAt: Date;
}

/** The mirror after an allowed change: what is told replaces, what is not told stays. */
export function mergeClaim(
  mirror: ClaimMirror | undefined,
  change: ClaimChange,
  input: Surroundings & { readonly moves: readonly Move[] },
): ClaimMirror {
  const before = mirror ?? emptyClaim(change, input);
  const own = input.moves.find((move) => move.exposure === null);
  const entered = own && (!mirror || own.to.stage !== mirror.stage) ? { [own.to.stage]: input.occurredAt.toISOString() } : {};
  return {
    ...before,
    ...(own?.to ?? {}),
    ...handlers(before, change, input.accounts),
    externalId: change.claimId ?? before.externalId,
    lineOfBusiness: change.lineOfBusiness ?? before.lineOfBusiness,
    jurisdiction: change.jurisdiction ?? before.jurisdiction,
    lossDate: dateOf(change.lossDate) ?? before.lossDate,
    version: change.version,
    policyNumber: change.policyNumber ?? before.policyNumber,
    plate: change.plate ?? before.plate,
    nextStep: change.nextStep ?? before.nextStep,
    promisedBy: dateOf(change.promisedBy) ?? before.promisedBy,
    flags: change.flags ?? before.flags,
    catastrophe: change.catastrophe === undefined ? before.catastrophe : change.catastrophe,
    facts: { ...before.facts, ...change.facts, ...factsOf(change) },
    stageTimes: { ...before.stageTimes, ...entered },
    parties: mergeParties(before.parties, change),
    exposures: mergeExposures(before.exposures, change, input.moves),
  };
}

function emptyClaim(change: ClaimChange, { brandId, moves }: Surroundings & { readonly moves: readonly Move[] }): ClaimMirror {
  const first = moves.find((move) => move.exposure === (change.exposure?.externalId ?? null));
  return {
    id: null,
    number: change.claimNumber,
    externalId: null,
    brandId,
    lineOfBusiness: 'other',
    jurisdiction: '',
    lossDate: null,
    stage: first?.to.stage ?? 'reported',
    subStatus: first?.to.subStatus ?? null,
    version: -1,
    policyNumber: null,
    plate: null,
    handlerExternalId: null,
    handlerName: null,
    handlerId: null,
    coHandlerIds: [],
    nextStep: null,
    promisedBy: null,
    flags: [],
    catastrophe: null,
    facts: {},
    stageTimes: {},
    parties: [],
    exposures: [],
  };
}

// A date that no calendar has is left out: one bad field of a fat payload must not cost the event.
function dateOf(text: string | undefined): string | undefined {
  const date = /^\d{4}-\d{2}-\d{2}/.exec(text ?? '')?.[0];
  const time = Date.parse(`${date}T00:00:00Z`);
  return date && !Number.isNaN(time) && new Date(time).toISOString().startsWith(date) ? date : undefined;
}

/** Codes and amounts of the event as facts that templates may name. */
function factsOf(change: ClaimChange): Record<string, string> {
  const amounts = Object.entries(change.amounts ?? {}).map(([name, { value, currency }]) => [`amount.${name}`, `${value} ${currency}`]);
  return Object.fromEntries(change.reasonCode ? [...amounts, ['reasonCode', change.reasonCode]] : amounts);
}

function handlers(
  before: ClaimMirror,
  change: ClaimChange,
  accounts: ReadonlyMap<string, string>,
): Pick<ClaimMirror, 'handlerExternalId' | 'handlerName' | 'handlerId' | 'coHandlerIds'> {
  const coHandlerIds = change.coHandlers?.flatMap(({ externalId }) => accounts.get(externalId) ?? []) ?? before.coHandlerIds;
  const { handler } = change;
  if (handler === null) return { handlerExternalId: null, handlerName: null, handlerId: null, coHandlerIds };
  const externalId = handler?.externalId ?? before.handlerExternalId;
  const same = externalId === before.handlerExternalId;
  return {
    handlerExternalId: externalId,
    handlerName: handler?.name ?? (same ? before.handlerName : null),
    handlerId: (externalId !== null && accounts.get(externalId)) || (same ? before.handlerId : null),
    coHandlerIds,
  };
}

function mergeParties(before: readonly Party[], change: ClaimChange): Party[] {
  const parties = new Map(before.map((party) => [party.externalId, party]));
  const put = (externalId: string, role: string, told: Partial<Party>): void => {
    const known = parties.get(externalId) ?? {
      id: null,
      externalId,
      role,
      name: externalId,
      contactId: null,
      language: null,
      representedBy: null,
    };
    parties.set(externalId, { ...known, ...told });
  };
  for (const { externalId, role, name, language, representedBy } of change.parties ?? []) {
    put(externalId, role, {
      role,
      ...(name && { name }),
      ...(language && { language }),
      ...(representedBy !== undefined && { representedBy }),
    });
  }
  if (change.policyholder) put(change.policyholder.externalId, 'policyholder', {});
  // Whoever speaks for somebody is a party too, even if nothing else is known: the one spoken for must not be written to.
  for (const { representedBy } of [...parties.values()])
    if (representedBy && !parties.has(representedBy)) put(representedBy, 'representative', {});
  return [...parties.values()];
}

function mergeExposures(before: readonly Exposure[], change: ClaimChange, moves: readonly Move[]): Exposure[] {
  const exposures = new Map(before.map((exposure) => [exposure.externalId, exposure]));
  const placed = (externalId: string): Move['to'] | undefined => moves.find((move) => move.exposure === externalId)?.to;
  const whole = moves.find((move) => move.exposure === null)?.to;
  for (const { externalId, kind, party } of change.exposures ?? []) {
    const known = exposures.get(externalId) ?? { id: null, stage: whole?.stage ?? 'reported', subStatus: null };
    exposures.set(externalId, { ...known, externalId, kind, party });
  }
  for (const [externalId, exposure] of exposures) exposures.set(externalId, { ...exposure, ...placed(externalId) });
  return [...exposures.values()];
}
