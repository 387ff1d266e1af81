import type { ReachableParty } from '@claimline/claims';
import { Claims } from '@claimline/claims';
import { Contacts, Holders, ToldPeople, type ToldPerson } from '@claimline/conversations';
import { Outbox, type Transaction } from '@claimline/database';
import type { Address } from '@claimline/messages';
import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js';
import { WechatAccounts } from '../views/wechat-accounts.view';

/** What becomes of a party: a contact with addresses. */
export interface People {
  readonly contacts: Contacts;
  readonly told: ToldPeople;
  readonly holders: Holders;
}

/** Parties of claims become contacts: known by the claim core's id, reached at the addresses that it tells. */
export class EnrollParties {
  constructor(
    private readonly people: People,
    private readonly claims: Claims,
    private readonly accounts: WechatAccounts,
    private readonly outbox: Outbox,
  ) {}

  /** All parties of all claims that came together. Whoever reads that contacts have changed renews the words by which they are found. */
  async enroll(tx: Transaction, parties: readonly ReachableParty[], at: Date): Promise<void> {
    if (parties.length === 0) return;
    const apps = await this.appsOf(tx, parties);
    const contactOf = await this.meet(tx, parties, at);
    await this.people.holders.hold(
      tx,
      parties.flatMap((party) =>
        addressesOf(party, { region: regionOf(party.jurisdiction), app: apps.get(party.brandId) }).map((address) => ({
          contactId: contactOf.get(party)!,
          address,
        })),
      ),
      { at },
    );
    const bound = new Map(parties.map((party) => [party.partyId, contactOf.get(party)!]));
    await this.claims.bindContacts(
      tx,
      [...bound].map(([partyId, contactId]) => ({ partyId, contactId })),
    );
    await this.outbox.append(
      tx,
      at,
      [...new Set(bound.values())].map((contactId) => ({ type: 'contact.changed', conversationId: null, payload: { contactId } })),
    );
  }

  /** Which contact each party is. Of somebody who is told of more than once, what was told last counts. */
  private async meet(tx: Transaction, parties: readonly ReachableParty[], at: Date): Promise<Map<ReachableParty, string>> {
    const found = await this.people.told.find(tx, parties);
    const known = new Map(parties.flatMap((party, index) => (found[index] ? [[party, found[index]]] : [])));
    const reporters = await this.reporters(
      tx,
      parties.filter((party) => !known.has(party)),
    );
    for (const party of parties)
      if (!known.has(party) && reporters.has(party.externalId)) known.set(party, reporters.get(party.externalId)!);
    await this.people.told.update(tx, together([...known].map(([party, contactId]) => [contactId, renewed(party)])));
    const strangers = parties.filter((party) => !known.has(party));
    const made = await this.people.told.make(tx, together(strangers.map((party) => [party.externalId, toldOf(party)])), at);
    return new Map(parties.map((party) => [party, known.get(party) ?? made.get(party.externalId)!]));
  }

  // Whoever reported is the contact whose report it was: the same name and phone make no second person.
  private async reporters(tx: Transaction, parties: readonly ReachableParty[]): Promise<Map<string, string>> {
    const reporters = new Map<string, string>();
    for (const { contact, externalId } of parties)
      if (contact && !reporters.has(externalId) && (await this.people.contacts.name(tx, contact, externalId)))
        reporters.set(externalId, contact);
    return reporters;
  }

  private async appsOf(tx: Transaction, parties: readonly ReachableParty[]): Promise<Map<string, string | undefined>> {
    const brands = new Set(parties.flatMap(({ wechat, brandId }) => (wechat ? [brandId] : [])));
    const apps = new Map<string, string | undefined>();
    for (const brandId of brands) apps.set(brandId, await this.accounts.of(tx, brandId));
    return apps;
  }
}

/** What was told of the same contact several times, as one. */
function together(told: readonly (readonly [string, ToldPerson])[]): Map<string, ToldPerson> {
  const all = new Map<string, ToldPerson>();
  for (const [id, person] of told) all.set(id, { ...all.get(id), ...person });
  return all;
}

const toldOf = ({ name, kind, language, timeZone, deceased }: ReachableParty): ToldPerson => ({
  ...(name && { name }),
  ...(kind && { kind }),
  ...(language && { language }),
  ...(timeZone && isZone(timeZone) && { timeZone }),
  ...(deceased !== undefined && { deceased }),
});

// A party of whom nobody has told the name is called by the claim core's id: that is no better name for a contact who has one.
function renewed(party: ReachableParty): ToldPerson {
  const { name, ...told } = toldOf(party);
  return name && name !== party.externalId ? { ...told, name } : told;
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
