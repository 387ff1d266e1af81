import { newId, type Queries, type Transaction } from '@claimline/database';
import { searchVector } from '@claimline/messages';
import type { ClaimMirror, Exposure, Party } from './claim';

interface PartyRow extends Omit<Party, 'representedBy'> {
  readonly representedById: string | null;
}
interface ExposureRow extends Omit<Exposure, 'party'> {
  readonly partyId: string | null;
}
interface Row extends Omit<ClaimMirror, 'version' | 'parties' | 'exposures'> {
  readonly version: string;
  readonly parties: readonly PartyRow[];
  readonly exposures: readonly ExposureRow[];
}

/** Whole claims. Each table is read once, whatever plan was cached while it was still empty: a lookup per claim would be a scan per claim. */
const mirrors = (which: string): string => `
  WITH wanted AS MATERIALIZED (SELECT * FROM claims WHERE ${which}),
    told AS (SELECT claim_id, jsonb_agg(jsonb_build_object('id', id, 'externalId', external_id, 'role', role, 'name', name,
        'contactId', contact_id, 'language', language, 'representedById', represented_by_id) ORDER BY id) AS list
      FROM claim_parties WHERE claim_id = ANY(ARRAY(SELECT id FROM wanted)) GROUP BY claim_id),
    claimed AS (SELECT claim_id, jsonb_agg(jsonb_build_object('id', id, 'externalId', external_id, 'kind', kind,
        'partyId', party_id, 'stage', stage, 'subStatus', sub_status) ORDER BY id) AS list
      FROM exposures WHERE claim_id = ANY(ARRAY(SELECT id FROM wanted)) GROUP BY claim_id)
  SELECT claim.id, claim.number, claim.external_id AS "externalId", claim.brand_id AS "brandId", claim.line_of_business AS "lineOfBusiness",
    claim.jurisdiction, claim.loss_date::text AS "lossDate", claim.stage, claim.sub_status AS "subStatus", claim.version, claim.policy_number AS "policyNumber",
    claim.plate, claim.handler_external_id AS "handlerExternalId", claim.handler_name AS "handlerName", claim.handler_id AS "handlerId",
    claim.co_handler_ids AS "coHandlerIds", claim.next_step AS "nextStep", claim.promised_by::text AS "promisedBy", claim.flags, claim.catastrophe,
    claim.facts, claim.stage_times AS "stageTimes", coalesce(told.list, '[]') AS parties, coalesce(claimed.list, '[]') AS exposures
  FROM wanted claim LEFT JOIN told ON told.claim_id = claim.id LEFT JOIN claimed ON claimed.claim_id = claim.id`;

const BY_NUMBER = mirrors('number = $1');
const BY_ID = mirrors('id = $1');
const HELD = mirrors('number = ANY($1)');

function toMirror(row: Row): ClaimMirror {
  const named = new Map(row.parties.map((party) => [party.id, party.externalId]));
  return {
    ...row,
    version: Number(row.version),
    parties: row.parties.map(({ representedById, ...party }) => ({
      ...party,
      representedBy: (representedById && named.get(representedById)) || null,
    })),
    exposures: row.exposures.map(({ partyId, ...exposure }) => ({ ...exposure, party: (partyId && named.get(partyId)) || null })),
  };
}

/** Claims with their parties and exposures. Everything is read and written by the batch, so that one event and five thousand imports take the same way. */
export class ClaimRepository {
  async findByNumber(queries: Queries, number: string): Promise<ClaimMirror | undefined> {
    const [row] = await queries.query<Row>({ name: 'claim-by-number', text: BY_NUMBER, values: [number] });
    return row && toMirror(row);
  }

  async findById(queries: Queries, id: string): Promise<ClaimMirror | undefined> {
    const [row] = await queries.query<Row>({ name: 'claim-by-id', text: BY_ID, values: [id] });
    return row && toMirror(row);
  }

  /**
   * The claims of these numbers, held until the transaction ends; numbers that do not exist yet are held too, so that two first events of one claim wait
   * for each other. In one order for all, against deadlocks.
   */
  async hold(tx: Transaction, numbers: readonly string[]): Promise<Map<string, ClaimMirror>> {
    const sorted = [...new Set(numbers)].sort();
    // 5 sets our locks apart from those of other kinds (the seed of the hash).
    await tx.query({
      name: 'claims-hold-numbers',
      unread: true,
      text: 'SELECT pg_advisory_xact_lock(hashtextextended(number, 5)) FROM unnest($1::text[]) WITH ORDINALITY AS held(number, n) ORDER BY n',
      values: [sorted],
    });
    await tx.query({
      name: 'claims-hold-rows',
      unread: true,
      text: 'SELECT id FROM claims WHERE number = ANY($1) ORDER BY number FOR UPDATE',
      values: [sorted],
    });
    const rows = await tx.query<Row>({ name: 'claims-held', text: HELD, values: [sorted] });
    return new Map(rows.map((row) => [row.number, toMirror(row)]));
  }

  /** Writes mirrors as they are now, each claim once. Must be held. Answers with every id filled in. */
  async save(tx: Transaction, mirrors: readonly ClaimMirror[], at: Date): Promise<ClaimMirror[]> {
    if (mirrors.length === 0) return [];
    const named = mirrors.map((mirror) => withIds(mirror, at));
    await tx.query({ name: 'claims-save', unread: true, text: SAVE_CLAIMS, values: [JSON.stringify(named.map(claimRow)), at] });
    await tx.query({ name: 'claim-parties-save', unread: true, text: SAVE_PARTIES, values: [JSON.stringify(named.flatMap(partyRows))] });
    await tx.query({ name: 'exposures-save', unread: true, text: SAVE_EXPOSURES, values: [JSON.stringify(named.flatMap(exposureRows))] });
    return named;
  }

  /** Says which contacts the parties are. */
  async bindContacts(tx: Transaction, bound: readonly { readonly partyId: string; readonly contactId: string }[]): Promise<void> {
    if (bound.length === 0) return;
    await tx.query({
      name: 'claim-parties-bind',
      unread: true,
      text: `UPDATE claim_parties party SET contact_id = bound.contact_id FROM unnest($1::uuid[], $2::uuid[]) AS bound(party_id, contact_id)
             WHERE party.id = bound.party_id AND party.contact_id IS DISTINCT FROM bound.contact_id`,
      values: [bound.map(({ partyId }) => partyId), bound.map(({ contactId }) => contactId)],
    });
  }

  /** Gives an account the claims of the handler it stands for. Answers with their numbers. */
  async bindHandler(tx: Transaction, externalId: string, accountId: string): Promise<string[]> {
    const rows = await tx.query<{ number: string }>({
      name: 'claims-bind-handler',
      text: 'UPDATE claims SET handler_id = $2 WHERE handler_external_id = $1 AND handler_id IS DISTINCT FROM $2 RETURNING number',
      values: [externalId, accountId],
    });
    return rows.map(({ number }) => number);
  }
}

/** A mirror whose every part has an id: those that are new get theirs. */
export const withIds = (mirror: ClaimMirror, at: Date): ClaimMirror & { readonly id: string } => ({
  ...mirror,
  id: mirror.id ?? newId(at),
  parties: mirror.parties.map((party) => ({ ...party, id: party.id ?? newId(at) })),
  exposures: mirror.exposures.map((exposure) => ({ ...exposure, id: exposure.id ?? newId(at) })),
});

const claimRow = ({ parties, exposures: _, ...claim }: ClaimMirror): object => ({ ...claim, words: words({ ...claim, parties }) });

/** What a claim is found by: its numbers and its people. Notes and flags are not among it. */
const words = (claim: Omit<ClaimMirror, 'exposures'>): string =>
  searchVector([claim.number, claim.policyNumber, claim.plate, ...claim.parties.map((party) => party.name)].filter(Boolean).join(' , '));

const partyRows = (claim: ClaimMirror): object[] =>
  claim.parties.map(({ representedBy, ...party }) => ({
    ...party,
    claimId: claim.id,
    representedById: claim.parties.find((other) => other.externalId === representedBy)?.id ?? null,
  }));

const exposureRows = (claim: ClaimMirror): object[] =>
  claim.exposures.map(({ party, ...exposure }) => ({
    ...exposure,
    claimId: claim.id,
    partyId: claim.parties.find((other) => other.externalId === party)?.id ?? null,
  }));

const SAVE_CLAIMS = `
  INSERT INTO claims AS claim (id, number, external_id, brand_id, line_of_business, jurisdiction, loss_date, stage, sub_status, version, policy_number, plate,
    handler_external_id, handler_name, handler_id, co_handler_ids, next_step, promised_by, flags, catastrophe, facts, stage_times, words, created_at, updated_at)
  SELECT id, number, "externalId", "brandId", "lineOfBusiness", jurisdiction, "lossDate", stage, "subStatus", version, "policyNumber", plate,
    "handlerExternalId", "handlerName", "handlerId", "coHandlerIds", "nextStep", "promisedBy", flags, catastrophe, facts, "stageTimes", words::tsvector, $2, $2
  FROM jsonb_to_recordset($1::jsonb) AS told(id uuid, number text, "externalId" text, "brandId" uuid, "lineOfBusiness" text, jurisdiction text, "lossDate" date,
    stage text, "subStatus" text, version bigint, "policyNumber" text, plate text, "handlerExternalId" text, "handlerName" text, "handlerId" uuid,
    "coHandlerIds" uuid[], "nextStep" text, "promisedBy" date, flags text[], catastrophe text, facts jsonb, "stageTimes" jsonb, words text)
  ON CONFLICT (number) DO UPDATE SET external_id = excluded.external_id, line_of_business = excluded.line_of_business, jurisdiction = excluded.jurisdiction,
    loss_date = excluded.loss_date, stage = excluded.stage, sub_status = excluded.sub_status, version = excluded.version, policy_number = excluded.policy_number,
    plate = excluded.plate, handler_external_id = excluded.handler_external_id, handler_name = excluded.handler_name, handler_id = excluded.handler_id,
    co_handler_ids = excluded.co_handler_ids, next_step = excluded.next_step, promised_by = excluded.promised_by, flags = excluded.flags,
    catastrophe = excluded.catastrophe, facts = excluded.facts, stage_times = excluded.stage_times, words = excluded.words, updated_at = excluded.updated_at`;

// A letter that a person has read outweighs a claim core that knows nothing of it: only a person ends what a person noted.
const NOTED_BY_PERSON = `SELECT FROM representations r WHERE r.party_id = party.id AND r.ended_at IS NULL AND r.source = 'person'`;

const SAVE_PARTIES = `
  INSERT INTO claim_parties AS party (id, claim_id, external_id, role, name, contact_id, language, represented_by_id)
  SELECT id, "claimId", "externalId", role, name, "contactId", language, "representedById"
  FROM jsonb_to_recordset($1::jsonb) AS told(id uuid, "claimId" uuid, "externalId" text, role text, name text, "contactId" uuid, language text, "representedById" uuid)
  ON CONFLICT (claim_id, external_id) DO UPDATE SET role = excluded.role, name = excluded.name, language = excluded.language,
    represented_by_id = CASE WHEN excluded.represented_by_id IS NULL AND EXISTS (${NOTED_BY_PERSON}) THEN party.represented_by_id ELSE excluded.represented_by_id END`;

const SAVE_EXPOSURES = `
  INSERT INTO exposures AS exposure (id, claim_id, external_id, kind, party_id, stage, sub_status)
  SELECT id, "claimId", "externalId", kind, "partyId", stage, "subStatus"
  FROM jsonb_to_recordset($1::jsonb) AS told(id uuid, "claimId" uuid, "externalId" text, kind text, "partyId" uuid, stage text, "subStatus" text)
  ON CONFLICT (claim_id, external_id) DO UPDATE SET kind = excluded.kind, party_id = excluded.party_id, stage = excluded.stage, sub_status = excluded.sub_status`;
