import { CHANNEL_KINDS } from '@claimline/channels';
import type { Queries } from '@claimline/database';
import type {
  ChangeToTell,
  NoticeAddress,
  NoticeBrand,
  NoticeClaim,
  NoticePerson,
  NoticeSituation,
  OutgoingLine,
} from '@claimline/notifications';

type ClaimRow = Omit<NoticeClaim, 'parties' | 'exposures'> & {
  readonly handlerId: string | null;
  readonly jurisdiction: string;
  readonly brand: NoticeBrand;
};
type PersonRow = Omit<NoticePerson, 'addresses'>;

/** A situation, and what the hub needs beside it to carry out what is decided. */
export interface SituationToTell {
  readonly situation: NoticeSituation;
  readonly handlerId: string | null;
  /** Whose law applies to the claim. */
  readonly jurisdiction: string;
}

/** Gathers what a notice is decided from: the claim with its parties, their contacts and addresses, the brand and its lines. */
export class NoticeSituationView {
  /** Undefined: there is no such claim. */
  async of(queries: Queries, claimNumber: string, change: ChangeToTell): Promise<SituationToTell | undefined> {
    const [row] = await queries.query<ClaimRow>({ name: 'notice-claim', text: CLAIM, values: [claimNumber] });
    if (!row) return undefined;
    const { brand, handlerId, jurisdiction, ...claim } = row;
    const parties = await queries.query<NoticeClaim['parties'][number]>({ name: 'notice-parties', text: PARTIES, values: [claim.id] });
    const exposures = await queries.query<NoticeClaim['exposures'][number]>({
      name: 'notice-exposures',
      text: 'SELECT id, party_id AS "partyId" FROM exposures WHERE claim_id = $1 ORDER BY id',
      values: [claim.id],
    });
    const people = await this.people(
      queries,
      parties.flatMap(({ contactId }) => contactId ?? []),
    );
    const lines = await this.lines(queries, brand.id);
    return { handlerId, jurisdiction, situation: { change, claim: { ...claim, parties, exposures }, brand, people, lines } };
  }

  /** The lines of a brand by which something can go out now. */
  async lines(queries: Queries, brandId: string): Promise<OutgoingLine[]> {
    const rows = await queries.query<{ id: string; kind: string; address: string }>({
      name: 'notice-lines',
      text: `SELECT id, kind, address FROM inboxes WHERE brand_id = $1 AND state = 'active' ORDER BY created_at, id`,
      values: [brandId],
    });
    return rows.flatMap(({ id, kind, address }) => {
      const can = CHANNEL_KINDS.find((one) => one.kind === kind)?.capabilities;
      if (!can) return [];
      const { schemes, privacy, calls, proactive, window, templateOutsideWindow, receipts } = can;
      return [{ inboxId: id, channel: kind, schemes, scope: address, privacy, calls, proactive, window, templateOutsideWindow, receipts }];
    });
  }

  private async people(queries: Queries, contactIds: readonly string[]): Promise<Map<string, NoticePerson>> {
    const rows = await queries.query<PersonRow>({ name: 'notice-people', text: PEOPLE, values: [contactIds] });
    const addresses = await queries.query<NoticeAddress & { holder: string }>({
      name: 'notice-addresses',
      text: ADDRESSES,
      values: [contactIds],
    });
    return new Map(
      rows.map((row) => [
        row.contactId,
        { ...row, addresses: addresses.filter(({ holder }) => holder === row.contactId).map(({ holder: _, ...address }) => address) },
      ]),
    );
  }
}

// The help phone and the office hours of a brand are settings: `brand.<key>` with `helpPhone` and `officeHours`.
const CLAIM = `
  SELECT c.id, c.number, coalesce(a.name, c.handler_name) AS "handlerName", coalesce(a.phone, c.facts->>'handlerPhone') AS "handlerPhone", c.next_step AS "nextStep", c.promised_by::text AS "promisedBy",
    c.facts, c.flags, c.handler_id AS "handlerId", c.jurisdiction,
    jsonb_build_object('id', b.id, 'name', b.name, 'defaultLanguage', b.default_language, 'timeZone', b.time_zone, 'helpPhone', said.value->>'helpPhone', 'officeHours', said.value->>'officeHours') AS brand
  FROM claims c JOIN brands b ON b.id = c.brand_id LEFT JOIN accounts a ON a.id = c.handler_id
    LEFT JOIN LATERAL (SELECT value FROM settings WHERE key = 'brand.' || b.key ORDER BY version DESC LIMIT 1) AS said ON true
  WHERE c.number = $1`;

const PARTIES = `SELECT id, role, contact_id AS "contactId", language, represented_by_id AS "representedBy" FROM claim_parties WHERE claim_id = $1 ORDER BY id`;

const PEOPLE = `
  SELECT k.id AS "contactId", k.name, k.kind, k.salutation, k.language, k.time_zone AS "timeZone", k.deceased, last.channel AS "lastChannel", last.last_inbound_at AS "lastInboundAt"
  FROM contacts k
    LEFT JOIN LATERAL (SELECT channel, last_inbound_at FROM conversations WHERE contact_id = k.id AND last_inbound_at IS NOT NULL ORDER BY last_inbound_at DESC LIMIT 1) AS last ON true
  WHERE k.id = ANY ($1::uuid[])`;

// Best first: verified, then where they last wrote from.
const ADDRESSES = `
  SELECT h.contact_id AS holder, a.id, a.scheme, a.scope, a.value, a.unusable,
    (SELECT count(*) > 1 FROM contact_addresses o WHERE o.address_id = a.id) AS shared
  FROM contact_addresses h JOIN addresses a ON a.id = h.address_id WHERE h.contact_id = ANY ($1::uuid[])
  ORDER BY h.contact_id, (h.level = 'verified') DESC, a.seen_at DESC NULLS LAST, a.id`;
