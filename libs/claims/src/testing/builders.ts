import type { Clock, Database } from '@claimline/database';
import { newId, Outbox, Seal, Wakeups, type Transaction } from '@claimline/database';
import type { ClaimChange } from '../change';
import type { ClaimMirror } from '../claim';
import { ClaimEventRepository } from '../claim-event.repository';
import { ClaimRepository } from '../claim.repository';
import { ClaimIntake, ClaimSurroundings, type IncomingClaimEvent } from '../intake';
import type { StageCodes } from '../stage-codes';

export const NOW = new Date('2026-11-22T08:00:00Z');

/** A clock that stands until it is moved. */
export class StandingClock implements Clock {
  constructor(public at: Date = NOW) {}

  now(): Date {
    return this.at;
  }
}

/** A mirror with defaults for everything. */
export const claimMirror = (over: Partial<ClaimMirror> = {}): ClaimMirror => ({
  id: '01935000-0000-7000-8000-000000000001',
  number: 'CLM-2026-000123',
  externalId: 'core-1',
  brandId: '01935000-0000-7000-8000-0000000000b1',
  lineOfBusiness: 'motor',
  jurisdiction: 'CN',
  lossDate: '2026-11-20',
  stage: 'reported',
  subStatus: null,
  version: 1,
  policyNumber: 'PDAA2026310000008812',
  plate: '沪A12345',
  handlerExternalId: null,
  handlerName: null,
  handlerId: null,
  coHandlerIds: [],
  nextStep: null,
  promisedBy: null,
  flags: [],
  catastrophe: null,
  facts: {},
  stageTimes: { reported: NOW.toISOString() },
  parties: [],
  exposures: [],
  ...over,
});

/** An event's words with defaults for everything. */
export const claimChange = (over: Partial<ClaimChange> = {}): ClaimChange => ({ claimNumber: 'CLM-2026-000123', version: 2, ...over });

/** An event in its envelope. */
export const incoming = (id: string, over: Partial<ClaimChange> = {}): IncomingClaimEvent => ({
  source: '/claimcore/test',
  id,
  type: 'claims.claim.status_changed.v1',
  occurredAt: NOW,
  change: claimChange(over),
});

/** Brands and accounts as rows of a test database. */
export class StoredSurroundings extends ClaimSurroundings {
  codes: StageCodes = {};

  async accountsOf(tx: Transaction, externalIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await tx.query<{ id: string; external_id: string }>({
      name: 'test-accounts',
      text: 'SELECT id, external_id FROM accounts WHERE external_id = ANY($1)',
      values: [externalIds],
    });
    return new Map(rows.map((row) => [row.external_id, row.id]));
  }

  async brandOf(tx: Transaction): Promise<string> {
    const [row] = await tx.query<{ id: string }>({ name: 'test-brand', text: 'SELECT id FROM brands LIMIT 1', values: [] });
    return row!.id;
  }

  async stageCodes(): Promise<StageCodes> {
    return this.codes;
  }
}

/** The brand that everything belongs to. */
export async function insertBrand(database: Database): Promise<string> {
  const id = newId(NOW);
  await database.query({
    name: 'test-brand-insert',
    text: `INSERT INTO brands (id, key, name, default_language, time_zone, created_at) VALUES ($1, 'anhe', '安和保险', 'zh-CN', 'Asia/Shanghai', $2)`,
    values: [id, NOW],
  });
  return id;
}

/** An adjuster's account that the claim core knows by `externalId`. */
export async function insertAccount(database: Database, externalId: string): Promise<string> {
  const id = newId(NOW);
  await database.query({
    name: 'test-account-insert',
    text: `INSERT INTO accounts (id, email, name, password_hash, role, external_id, created_at) VALUES ($1, $2, 'Li Na', '-', 'adjuster', $3, $4)`,
    values: [id, `${externalId}@example.test`, externalId, NOW],
  });
  return id;
}

/** An intake over a real database. */
export const openIntake = (database: Database, clock: Clock, surroundings = new StoredSurroundings()): ClaimIntake =>
  new ClaimIntake(
    new ClaimRepository(),
    new ClaimEventRepository(),
    surroundings,
    new Outbox(new Wakeups(database, '')),
    new Seal(['a secret that is only used by the specs of claims']),
    clock,
  );
