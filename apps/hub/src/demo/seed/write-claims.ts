import { ClaimImport, ClaimRepository, Claims, ClaimSurroundings, type StageCodes } from '@claimline/claims';
import { newId, type Seal, type Transaction } from '@claimline/database';
import { DEMO_PEOPLE } from './cast';
import type { PlannedClaim } from './claims-plan';
import type { SeedRows } from './rows.repository';
import type { SeededStaff } from './write-people';

/** A claim with the ids it got. */
export interface SeededClaim {
  readonly id: string;
  readonly number: string;
  /** Party ids by the party's external id. */
  readonly parties: ReadonlyMap<string, string>;
  /** Ids of the kept claim events, one for each step. */
  readonly eventIds: readonly string[];
}

/** What is needed to write claims. */
export interface ClaimsGround {
  readonly tx: Transaction;
  readonly rows: SeedRows;
  readonly seal: Seal;
  readonly now: Date;
  readonly staff: SeededStaff;
  /** Contact ids by the external id of a party. */
  readonly contacts: ReadonlyMap<string, string>;
}

/** The surroundings of an import in a hub that has just been made: its staff and its one brand. */
class DemoSurroundings extends ClaimSurroundings {
  constructor(private readonly staff: SeededStaff) {
    super();
  }

  override async accountsOf(_tx: Transaction, externalIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const known = DEMO_PEOPLE.filter(({ externalId }) => externalId !== undefined && externalIds.includes(externalId));
    return new Map(known.map(({ externalId, key }) => [externalId!, this.staff.accounts.get(key)!]));
  }

  override async brandOf(): Promise<string> {
    return this.staff.brandId;
  }

  override async stageCodes(): Promise<StageCodes> {
    return {};
  }
}

/** Imports the claims through the claims room, as a claim core's first load would, and adds the past that an import does not have. */
export async function writeClaims(ground: ClaimsGround, planned: readonly PlannedClaim[]): Promise<SeededClaim[]> {
  const { tx, now, contacts } = ground;
  const repository = new ClaimRepository();
  const load = new ClaimImport(repository, new DemoSurroundings(ground.staff), { now: () => now });
  const result = await load.load(
    tx,
    planned.map(({ change }, index) => ({ line: index + 1, change })),
  );
  if (result.applied !== planned.length)
    throw new Error(`the demo's claims were not imported: ${JSON.stringify(result.errors.slice(0, 3))}`);
  const bound = result.parties.flatMap(({ partyId, externalId }) =>
    contacts.has(externalId) ? [{ partyId, contactId: contacts.get(externalId)! }] : [],
  );
  await new Claims(repository).bindContacts(tx, bound);
  const mirrors = await repository.hold(
    tx,
    planned.map(({ change }) => change.claimNumber),
  );
  const seeded = planned.map(({ change, steps }): SeededClaim => {
    const mirror = mirrors.get(change.claimNumber)!;
    return {
      id: mirror.id!,
      number: mirror.number,
      parties: new Map(mirror.parties.map((party) => [party.externalId, party.id!])),
      eventIds: steps.map(() => newId(now)),
    };
  });
  await writePast(ground, planned, seeded);
  return seeded;
}

async function writePast(
  { tx, rows, seal }: ClaimsGround,
  planned: readonly PlannedClaim[],
  seeded: readonly SeededClaim[],
): Promise<void> {
  const past = planned.map(({ steps }, index) => ({
    id: seeded[index]!.id,
    stage_times: Object.fromEntries(steps.map(({ stage, at }) => [stage, at.toISOString()])),
    created_at: steps[0]!.at,
    updated_at: steps.at(-1)!.at,
  }));
  await tx.query({
    name: 'seed-claims-past',
    text: `UPDATE claims SET stage_times = past.stage_times, created_at = past.created_at, updated_at = past.updated_at
           FROM jsonb_populate_recordset(NULL::claims, $1::jsonb) AS past WHERE claims.id = past.id`,
    values: [JSON.stringify(past)],
  });
  await rows.insert(
    'claim_events',
    planned.flatMap((claim, index) => eventRows(claim, seeded[index]!, seal)),
  );
}

function eventRows({ change, steps }: PlannedClaim, claim: SeededClaim, seal: Seal) {
  return steps.map(({ stage, subStatus, at }, index) => {
    const { keyId, sealed } = seal.seal(Buffer.from(JSON.stringify({ claimNumber: claim.number, version: index + 1, stage, subStatus })));
    return {
      id: claim.eventIds[index]!,
      source: '/claimcore/demo',
      event_id: `${change.claimId}-${index + 1}`,
      claim_number: claim.number,
      claim_id: claim.id,
      version: index + 1,
      type: 'claims.claim.status_changed.v1',
      outcome: 'applied',
      stage,
      previous_stage: steps[index - 1]?.stage,
      sub_status: subStatus,
      key_id: keyId,
      sealed,
      occurred_at: at,
      received_at: new Date(at.getTime() + 300),
    };
  });
}
