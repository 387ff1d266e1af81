import { Contacts, StepUp, type ContactRow } from '@claimline/conversations';
import type { Clock, Database } from '@claimline/database';
import type { Address } from '@claimline/messages';
import type { FastifyReply } from 'fastify';
import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js';
import type { SendCode } from '../flows/send-code';
import { OpenInboxes } from '../inbound/open-inboxes';
import type { PortalDoor } from './portal-door';

interface Parts {
  readonly database: Database;
  readonly contacts: Contacts;
  readonly inboxes: OpenInboxes;
  readonly stepUp: StepUp;
  readonly send: SendCode;
  readonly door: PortalDoor;
  readonly clock: Clock;
}

interface Known {
  readonly addressId: string;
  readonly holder: ContactRow;
  readonly shared: boolean;
}

const PURPOSE = 'portal';

/** Signing in without a link: by a code to an address that we know. Whoever asks learns nothing about who is a customer. */
export class PortalSignIns {
  constructor(private readonly parts: Parts) {}

  /** Sends a code where the address is known. Says nothing either way, and what it does is not waited for: the time would tell. */
  ask(typed: string): Promise<void> {
    const { database, send, clock } = this.parts;
    return database.transaction(async (tx) => {
      const known = await this.known(typed);
      if (known) await send.send(tx, { contactId: known.holder.id, addressId: known.addressId, purpose: PURPOSE }, clock.now());
    });
  }

  /** A right code lets its one holder in; an address of several says nothing about which of them is there. */
  async check(typed: string, code: string, reply: FastifyReply): Promise<'ok' | 'wrong' | 'shared'> {
    const { database, stepUp, door, clock } = this.parts;
    const known = await this.known(typed);
    if (!known) return 'wrong';
    const who = { contactId: known.holder.id, addressId: known.addressId, purpose: PURPOSE };
    const state = await database.transaction((tx) => stepUp.check(tx, { ...who, code }, clock.now()));
    if (state !== 'ok') return 'wrong';
    if (known.shared) return 'shared';
    await door.letIn(reply, { ...who, linkId: null });
    return 'ok';
  }

  private async known(typed: string): Promise<Known | undefined> {
    const { database, contacts } = this.parts;
    for (const address of await this.readings(typed)) {
      const found = await contacts.findAddress(database, address);
      if (!found || found.unusable !== null) continue;
      const holders = await contacts.holdersOf(database, found.id);
      const holder = await contacts.find(database, found.contact_id);
      if (holder) return { addressId: found.id, holder, shared: holder.kind !== 'person' || holders.length > 1 };
    }
    return undefined;
  }

  // A number without its country is read as one of the countries in which we have a line.
  private async readings(typed: string): Promise<Address[]> {
    const words = typed.normalize('NFKC').trim();
    if (words.includes('@')) return [{ scheme: 'email', scope: '', value: words.toLowerCase() }];
    const regions = [...new Set((await this.parts.inboxes.all()).map((inbox) => inbox.region.toUpperCase()))];
    const numbers = regions.map((region) =>
      parsePhoneNumberFromString(words.replace(/^00/, '+'), { defaultCountry: region as CountryCode, extract: false }),
    );
    return [...new Set(numbers.flatMap((number) => (number?.isPossible() ? [number.number as string] : [])))].map((value) => ({
      scheme: 'tel',
      scope: '',
      value,
    }));
  }
}
