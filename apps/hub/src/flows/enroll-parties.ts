import type { ReachableParty } from '@claimline/claims';
import { Claims } from '@claimline/claims';
import { Contacts, type ContactRow } from '@claimline/conversations';
import { Outbox, type Transaction } from '@claimline/database';
import type { Address } from '@claimline/messages';
import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js';
import { WechatAccounts } from '../views/wechat-accounts.view';

/** Parties of one claim event, and in which country their telephone numbers are written. */
export interface Enrollment {
  readonly brandId: string;
  readonly jurisdiction: string;
  readonly parties: readonly ReachableParty[];
  readonly at: Date;
}

/** Parties of claims become contacts: known by the claim core's id, reached at the addresses that it tells. */
export class EnrollParties {
  constructor(
    private readonly contacts: Contacts,
    private readonly claims: Claims,
    private readonly accounts: WechatAccounts,
    private readonly outbox: Outbox,
  ) {}

  async enroll(tx: Transaction, { parties, at, ...where }: Enrollment): Promise<void> {
    const app = parties.some(({ wechat }) => wechat) ? await this.accounts.of(tx, where.brandId) : undefined;
    const bound: { partyId: string; contactId: string }[] = [];
    // In one order for all: two events that tell of the same two people wait for each other instead of locking each other out.
    for (const party of [...parties].sort((a, b) => (a.externalId < b.externalId ? -1 : 1))) {
      const contactId = await this.contactOf(tx, party, at);
      for (const address of addressesOf(party, { region: regionOf(where.jurisdiction), app }))
        await this.contacts.hold(tx, contactId, address, { at });
      bound.push({ partyId: party.partyId, contactId });
    }
    await this.contacts.index(
      tx,
      bound.map(({ contactId }) => contactId),
    );
    await this.claims.bindContacts(tx, bound);
    await this.outbox.append(
      tx,
      at,
      bound.map(({ contactId }) => ({ type: 'contact.changed', conversationId: null, payload: { contactId } })),
    );
  }

  // Whoever reported is the contact whose report it was: the same name and phone make no second person.
  private async reporter(tx: Transaction, party: ReachableParty): Promise<ContactRow | undefined> {
    if (!party.contact || !(await this.contacts.name(tx, party.contact, party.externalId))) return undefined;
    return this.contacts.find(tx, party.contact);
  }

  private async contactOf(tx: Transaction, party: ReachableParty, at: Date): Promise<string> {
    const known = party.contactId
      ? await this.contacts.find(tx, party.contactId)
      : ((await this.contacts.findByExternalId(tx, party.externalId)) ?? (await this.reporter(tx, party)));
    const told = {
      ...(party.language && { language: party.language }),
      ...(party.timeZone && isZone(party.timeZone) && { timeZone: party.timeZone }),
      ...(party.deceased !== undefined && { deceased: party.deceased }),
    };
    const name = party.name ?? party.externalId;
    if (!known) return this.contacts.make(tx, { kind: party.kind ?? 'person', name, externalId: party.externalId, ...told }, at);
    await this.contacts.update(tx, known.id, {
      ...(party.name && party.name !== party.externalId && { name }),
      ...(party.kind && { kind: party.kind }),
      ...told,
    });
    return known.id;
  }
}

// Asking is slow, and there are some six hundred zones: those that are ones are kept.
const zones = new Set<string>();
function isZone(zone: string): boolean {
  if (zones.has(zone)) return true;
  try {
    Intl.DateTimeFormat('en', { timeZone: zone });
  } catch {
    return false;
  }
  zones.add(zone);
  return true;
}

/** The country of a jurisdiction: `US-CA` is in the US. Where it tells none, numbers without a country code are Chinese. */
const regionOf = (jurisdiction: string): CountryCode =>
  (/^[A-Z]{2}(-|$)/.test(jurisdiction) ? jurisdiction.slice(0, 2) : 'CN') as CountryCode;

/** The addresses that a party told; what is no number or no mailbox is left out rather than stored as one. */
export function addressesOf(
  party: Pick<ReachableParty, 'phone' | 'email' | 'wechat'>,
  { region, app }: { readonly region: CountryCode; readonly app: string | undefined },
): Address[] {
  const phone = party.phone ? parsePhoneNumberFromString(party.phone, region) : undefined;
  const mail = party.email?.trim().toLowerCase();
  return [
    ...(phone?.isPossible() ? [{ scheme: 'tel', scope: '', value: phone.number } as const] : []),
    ...(mail && /^[^\s@<>,;]+@[^\s@<>,;]+$/.test(mail) ? [{ scheme: 'email', scope: '', value: mail } as const] : []),
    ...(party.wechat && app ? [{ scheme: 'wechat', scope: app, value: party.wechat } as const] : []),
  ];
}
