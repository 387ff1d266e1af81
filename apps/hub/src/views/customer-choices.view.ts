import type { Queries } from '@claimline/database';
import { spokenLanguage, type AddressScheme, type Language } from '@claimline/messages';
import { CONSENT_PURPOSES, CONSENT_TEXTS, PreferencesRepository } from '@claimline/notifications';
import type { PortalChoices } from '@claimline/protocol';
import { OpenInboxes, type OpenInbox } from '../inbound/open-inboxes';

interface Held {
  readonly id: string;
  readonly scheme: AddressScheme;
  readonly scope: string;
  readonly value: string;
}

type State = PortalChoices['ways'][number]['purposes'][number]['state'];

/** How a customer is written to, as the page shows it that they open by a link. */
export class CustomerChoicesView {
  constructor(
    private readonly queries: Queries,
    private readonly inboxes: OpenInboxes,
    private readonly preferences: PreferencesRepository,
  ) {}

  async of(contactId: string): Promise<PortalChoices> {
    const [person, held, said, { channels, quiet }, inboxes] = await Promise.all([
      this.person(contactId),
      this.held(contactId),
      this.said(contactId),
      this.preferences.of(this.queries, contactId),
      this.inboxes.all(),
    ]);
    const language: Language = spokenLanguage(person.language, person.default_language);
    const text = CONSENT_TEXTS.electronic_notices!;
    return {
      language,
      favourites: [...channels],
      hours: { anyHour: quiet.anyHour, quietFrom: quiet.from, quietTo: quiet.to },
      timeZone: person.zone,
      ways: held.flatMap((address) => linesOf(inboxes, address).map((inbox) => way(address, inbox, said))),
      electronic: { version: text.version, words: text.words[language] },
    };
  }

  private async person(contactId: string): Promise<{ language: string | null; default_language: Language; zone: string }> {
    const [row] = await this.queries.query<{ language: string | null; default_language: Language; zone: string }>({
      name: 'choices-person',
      text: `SELECT k.language, b.default_language, coalesce(k.time_zone, b.time_zone) AS zone FROM contacts k
             CROSS JOIN LATERAL (SELECT default_language, time_zone FROM brands WHERE id = coalesce((SELECT brand_id FROM conversations WHERE contact_id = k.id ORDER BY last_message_at DESC LIMIT 1), id)
               ORDER BY created_at, id LIMIT 1) AS b WHERE k.id = $1`,
      values: [contactId],
    });
    return row!;
  }

  // An address that others use too is not one person's to decide on.
  private held(contactId: string): Promise<Held[]> {
    return this.queries.query<Held>({
      name: 'choices-held',
      text: `SELECT a.id, a.scheme, a.scope, a.value FROM contact_addresses h JOIN addresses a ON a.id = h.address_id
             WHERE h.contact_id = $1 AND a.scheme <> 'visitor' AND a.unusable IS NULL AND (SELECT count(*) FROM contact_addresses o WHERE o.address_id = a.id) = 1
             ORDER BY a.seen_at DESC NULLS LAST, a.id`,
      values: [contactId],
    });
  }

  private async said(contactId: string): Promise<ReadonlyMap<string, State>> {
    const rows = await this.queries.query<{ key: string; state: State }>({
      name: 'choices-said',
      text: `SELECT DISTINCT ON (s.address_id, s.channel, s.purpose) concat_ws(' ', s.address_id, s.channel, s.purpose) AS key, s.state
             FROM consents s JOIN contact_addresses h ON h.address_id = s.address_id WHERE h.contact_id = $1 ORDER BY s.address_id, s.channel, s.purpose, s.at DESC, s.id DESC`,
      values: [contactId],
    });
    return new Map(rows.map(({ key, state }) => [key, state]));
  }
}

/** The lines that reach an address, one of each kind. */
function linesOf(inboxes: readonly OpenInbox[], address: Held): OpenInbox[] {
  const able = inboxes.filter(
    ({ kindOf, address: scope }) =>
      kindOf.capabilities.schemes.includes(address.scheme) &&
      (address.scope === '' || address.scope === scope) &&
      kindOf.kind !== 'in-person',
  );
  return [...new Map(able.map((inbox) => [inbox.kind, inbox])).values()];
}

function way(address: Held, inbox: OpenInbox, said: ReadonlyMap<string, State>): PortalChoices['ways'][number] {
  const purposes = CONSENT_PURPOSES.filter((purpose) => purpose !== 'electronic_notices' || address.scheme === 'email');
  return {
    address: address.id,
    to: masked(address),
    channel: inbox.kind,
    title: inbox.kindOf.title,
    purposes: purposes.map((purpose) => ({ purpose, state: said.get(`${address.id} ${inbox.kind} ${purpose}`) ?? 'unknown' })),
  };
}

function masked({ scheme, value }: Held): string {
  if (scheme === 'email') return value.replace(/^(.).*(@.*)$/, '$1…$2');
  return scheme === 'tel' ? `··· ${value.slice(-4)}` : '···';
}
