import type { Clock, Outbox, Queries, Transaction } from '@claimline/database';
import { familyOf, reaches, type Family, type OutgoingLine } from '../channel-family';
import { CONSENT_PURPOSES, scopeOf, type ConsentPurpose, type Said } from './consent-scope';
import { textVersionOf } from './consent-texts';
import type { ConsentEntry, ConsentRepository, NewConsent } from './consent.repository';

/** What the ledger answers: `unknown` is neither yes nor no. */
export interface ConsentAnswer {
  readonly state: 'granted' | 'opted-out' | 'unknown';
  readonly since: Date | null;
}

/** Somebody's word about being written to, and what is needed to see how far it reaches. */
export interface ConsentWord {
  readonly intent: 'opt-out' | 'opt-in';
  readonly said: Said;
  /** The address it came from, and the channel by which it came. */
  readonly addressId: string;
  readonly channel: string;
  /** The words themselves: read for the channels they name, never kept. */
  readonly text: string;
  /** The carrier has already answered and blocks by itself (Twilio). */
  readonly carrierHandled: boolean;
  /** All addresses of the one who said it, the one it came from among them. */
  readonly addresses: readonly { readonly id: string; readonly scheme: string; readonly scope: string }[];
  readonly lines: readonly OutgoingLine[];
  /** Id of the message or report that proves it. */
  readonly evidence: Readonly<Record<string, string>>;
  readonly conversationId: string | null;
}

/** What somebody wrote down or ticked. Evidence: `by` whom, the `messageId`, or the `link` of the customer's own page. */
export interface NotedConsent extends Pick<NewConsent, 'addressId' | 'channel' | 'purpose' | 'state' | 'evidence'> {
  readonly source?: 'person' | 'portal';
}

/** What became of a word. `confirm`: `ours` wants one confirmation from us, `carrier` has sent its own, `none`: it changed nothing. */
export interface ConsentChange {
  readonly changed: readonly { readonly addressId: string; readonly channel: string }[];
  readonly confirm: 'ours' | 'carrier' | 'none';
}

/** The one ledger of who may be written to, by address, channel and purpose. */
export class ConsentLedger {
  constructor(
    private readonly consents: ConsentRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** What the gate asks before anything leaves. */
  async check(
    queries: Queries,
    asked: { readonly addressId: string; readonly channel: string; readonly purpose: ConsentPurpose },
  ): Promise<ConsentAnswer> {
    const latest = await this.consents.latestOf(queries, asked.addressId, asked.channel, asked.purpose);
    return latest ? { state: latest.state, since: latest.at } : { state: 'unknown', since: null };
  }

  /** Everything known of these addresses. */
  of(queries: Queries, addressIds: readonly string[]): Promise<ConsentEntry[]> {
    return this.consents.latest(queries, addressIds);
  }

  /** Takes somebody's word. Said twice, it is written once and confirmed once. */
  async record(tx: Transaction, word: ConsentWord): Promise<ConsentChange> {
    const on = word.lines.find((line) => line.channel === word.channel);
    const { families, purposes } = scopeOf(word.intent, word.said, { on: on ? familyOf(on) : 'sms', text: word.text });
    const places = placesOf(word, families);
    await this.consents.hold(tx, [...new Set(places.map(({ addressId }) => addressId))]);
    const changed = await this.write(
      tx,
      { state: word.intent === 'opt-out' ? 'opted-out' : 'granted', source: word.said, evidence: word.evidence },
      { places, purposes },
    );
    await this.tell(tx, changed, word);
    return { changed: distinctPlaces(changed), confirm: changed.length === 0 ? 'none' : word.carrierHandled ? 'carrier' : 'ours' };
  }

  /** A person writes down what a customer said or signed, or the customer ticks it: one address, channel and purpose. */
  async note(tx: Transaction, entry: NotedConsent): Promise<ConsentChange> {
    await this.consents.hold(tx, [entry.addressId]);
    const changed = await this.write(
      tx,
      { state: entry.state, source: entry.source ?? 'person', evidence: entry.evidence },
      { places: [entry], purposes: [entry.purpose] },
    );
    await this.tell(tx, changed, { conversationId: null });
    return { changed: distinctPlaces(changed), confirm: 'none' };
  }

  private async write(
    tx: Transaction,
    what: Pick<NewConsent, 'state' | 'source' | 'evidence'>,
    where: { readonly places: readonly Place[]; readonly purposes: readonly ConsentPurpose[] },
  ): Promise<NewConsent[]> {
    const now = this.clock.now();
    const known = await this.consents.latest(tx, [...new Set(where.places.map(({ addressId }) => addressId))]);
    const stands = (place: Place, purpose: ConsentPurpose): boolean =>
      known.some(
        (entry) =>
          entry.addressId === place.addressId && entry.channel === place.channel && entry.purpose === purpose && entry.state === what.state,
      );
    const entries = where.places.flatMap(({ addressId, channel }) =>
      where.purposes
        .filter((purpose) => !stands({ addressId, channel }, purpose))
        .map((purpose) => ({
          ...what,
          addressId,
          channel,
          purpose,
          at: now,
          textVersion: what.state === 'granted' ? textVersionOf(purpose) : null,
        })),
    );
    await this.consents.append(tx, entries);
    return entries;
  }

  private async tell(
    tx: Transaction,
    changed: readonly NewConsent[],
    { conversationId }: { readonly conversationId: string | null },
  ): Promise<void> {
    const events = distinctPlaces(changed).map(({ addressId, channel, state, source }) => ({
      type: 'consent.changed',
      conversationId,
      payload: { addressId, channel, state, source },
    }));
    await this.outbox.append(tx, this.clock.now(), events);
  }
}

interface Place {
  readonly addressId: string;
  readonly channel: string;
}

/** Every address on every channel that the word covers; the one it came by is always among them. */
function placesOf(word: ConsentWord, families: readonly Family[] | 'every'): Place[] {
  const covered = (line: OutgoingLine): boolean => families === 'every' || families.includes(familyOf(line));
  const places = word.lines
    .filter(covered)
    .flatMap((line) =>
      word.addresses.filter((address) => reaches(line, address)).map((address) => ({ addressId: address.id, channel: line.channel })),
    );
  const here = { addressId: word.addressId, channel: word.channel };
  // A channel that no line carries any more still hears what was said on it; "no more texts" said by mail leaves the mail alone.
  const own = word.lines.find((line) => line.channel === word.channel);
  const keepsHere = !own || covered(own) || places.length === 0;
  return [...new Map([...(keepsHere ? [here] : []), ...places].map((place) => [`${place.addressId} ${place.channel}`, place])).values()];
}

const distinctPlaces = <One extends Place>(entries: readonly One[]): One[] => [
  ...new Map(entries.map((entry) => [`${entry.addressId} ${entry.channel}`, entry])).values(),
];

/** The worst that is known of an address on a channel over the purposes of a person's reply and a notice: what the composer shows. */
export function shownState(entries: readonly ConsentEntry[], addressId: string, channel: string): ConsentAnswer {
  const own = entries.filter(
    (entry) => entry.addressId === addressId && entry.channel === channel && entry.purpose === CONSENT_PURPOSES[0],
  );
  const [latest] = own;
  return latest ? { state: latest.state, since: latest.at } : { state: 'unknown', since: null };
}
