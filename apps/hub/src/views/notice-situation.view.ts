import { CHANNEL_KINDS } from '@claimline/channels';
import type { Queries } from '@claimline/database';
import type { ChangeToTell, NoticeBrand, NoticeClaim, NoticePerson, NoticeSituation, OutgoingLine } from '@claimline/notifications';
import { RESTRICTED_TO } from './party-claims.view';

type PersonRow = Omit<NoticePerson, 'lastInboundAt'> & { readonly lastInboundAt: string | null };
interface Row extends NoticeClaim {
  readonly handlerId: string | null;
  readonly jurisdiction: string;
  readonly restrictedTo: string | null;
  readonly brand: NoticeBrand;
  readonly people: readonly PersonRow[];
}

/** A situation, and what the hub needs beside it to carry out what is decided. */
export interface SituationToTell {
  readonly situation: NoticeSituation;
  readonly handlerId: string | null;
  /** Whose law applies to the claim. */
  readonly jurisdiction: string;
  /** The group that alone may see the claim, and so the thread. */
  readonly restrictedTo: string | null;
}

/** Gathers what a notice is decided from: the claim with its parties, their contacts and addresses, the brand and its lines. */
export class NoticeSituationView {
  /** Undefined: there is no such claim. */
  async of(queries: Queries, claimNumber: string, change: ChangeToTell): Promise<SituationToTell | undefined> {
    const [row] = await queries.query<Row>({ name: 'notice-situation', text: SITUATION, values: [claimNumber] });
    if (!row) return undefined;
    const { brand, handlerId, jurisdiction, restrictedTo, people, ...claim } = row;
    const lines = await this.lines(queries, brand.id);
    return { handlerId, jurisdiction, restrictedTo, situation: { change, claim, brand, people: byContact(people), lines } };
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
}

const byContact = (people: readonly PersonRow[]): Map<string, NoticePerson> =>
  new Map(people.map((row) => [row.contactId, { ...row, lastInboundAt: row.lastInboundAt === null ? null : new Date(row.lastInboundAt) }]));

// Best first: verified, then where they last wrote from.
const ADDRESSES = `
  SELECT jsonb_agg(jsonb_build_object('id', a.id, 'scheme', a.scheme, 'scope', a.scope, 'value', a.value, 'unusable', a.unusable,
      'shared', (SELECT count(*) > 1 FROM contact_addresses o WHERE o.address_id = a.id))
    ORDER BY (h.level = 'verified') DESC, a.seen_at DESC NULLS LAST, a.id)
  FROM contact_addresses h JOIN addresses a ON a.id = h.address_id WHERE h.contact_id = k.id`;

const PEOPLE = `
  SELECT jsonb_agg(jsonb_build_object('contactId', k.id, 'name', k.name, 'kind', k.kind, 'salutation', k.salutation, 'language', k.language, 'timeZone', k.time_zone,
      'deceased', k.deceased, 'lastChannel', last.channel, 'lastInboundAt', last.last_inbound_at, 'addresses', coalesce((${ADDRESSES}), '[]')))
  FROM contacts k
    LEFT JOIN LATERAL (SELECT channel, last_inbound_at FROM conversations WHERE contact_id = k.id AND last_inbound_at IS NOT NULL ORDER BY last_inbound_at DESC LIMIT 1) AS last ON true
  WHERE k.id = ANY (ARRAY(SELECT contact_id FROM claim_parties WHERE claim_id = c.id))`;

const PARTIES = `
  SELECT jsonb_agg(jsonb_build_object('id', id, 'role', role, 'contactId', contact_id, 'language', language, 'representedBy', represented_by_id) ORDER BY id)
  FROM claim_parties WHERE claim_id = c.id`;

const EXPOSURES = `SELECT jsonb_agg(jsonb_build_object('id', id, 'partyId', party_id) ORDER BY id) FROM exposures WHERE claim_id = c.id`;

// Everything of one claim at one moment. The help phone and the office hours of a brand are settings: `brand.<key>` with `helpPhone` and `officeHours`.
const SITUATION = `
  SELECT c.id, c.number, coalesce(a.name, c.handler_name) AS "handlerName", coalesce(a.phone, c.facts->>'handlerPhone') AS "handlerPhone", c.next_step AS "nextStep", c.promised_by::text AS "promisedBy",
    c.facts, c.flags, c.handler_id AS "handlerId", c.jurisdiction, ${RESTRICTED_TO} AS "restrictedTo",
    jsonb_build_object('id', b.id, 'name', b.name, 'defaultLanguage', b.default_language, 'timeZone', b.time_zone, 'helpPhone', said.value->>'helpPhone', 'officeHours', said.value->>'officeHours') AS brand,
    coalesce((${PARTIES}), '[]') AS parties, coalesce((${EXPOSURES}), '[]') AS exposures, coalesce((${PEOPLE}), '[]') AS people
  FROM claims c JOIN brands b ON b.id = c.brand_id LEFT JOIN accounts a ON a.id = c.handler_id
    LEFT JOIN LATERAL (SELECT value FROM settings WHERE key = 'brand.' || b.key ORDER BY version DESC LIMIT 1) AS said ON true
  WHERE c.number = $1`;
