import { newId } from '@claimline/database';
import { searchVector } from '@claimline/messages';
import { DEMO_CUSTOMER, DEMO_CUSTOMERS, EARLY_SLEEPER, SIBLINGS, type DemoCustomer } from './cast';
import { externalIdOf } from './claims-plan';
import type { SeedRows } from './rows.repository';
import { OPTED_OUT, UNREACHABLE } from './special-threads';

/** One way to reach somebody, as it is stored. */
export interface SeededAddress {
  readonly id: string;
  readonly scheme: 'tel' | 'email' | 'wechat';
  readonly value: string;
}

/** Contacts and addresses with their ids. */
export interface SeededContacts {
  /** Contact ids by the customer's key. */
  readonly ids: ReadonlyMap<string, string>;
  /** The stand-in for the siblings, whose phone is one. */
  readonly sharedId: string;
  address(customer: DemoCustomer, scheme: SeededAddress['scheme']): SeededAddress | undefined;
}

const DAY = 86_400_000;
const ZONES = { 'zh-CN': 'Asia/Shanghai', en: 'America/Los_Angeles' } as const;

/** Writes everybody whom the insurer knows, how they are reached, what they agreed to and when they want to be left alone. */
export async function writeContacts(rows: SeedRows, now: Date, wechatApp: string): Promise<SeededContacts> {
  const since = new Date(now.getTime() - 90 * DAY);
  const ids = new Map(DEMO_CUSTOMERS.map(({ key }) => [key, newId(since)]));
  const sharedId = newId(since);
  await rows.insert('contacts', [
    ...DEMO_CUSTOMERS.map((customer) => contactRow(customer, ids.get(customer.key)!, since)),
    standIn(sharedId, since),
  ]);
  const addresses = new Map<string, SeededAddress & { readonly holders: string[] }>();
  for (const customer of DEMO_CUSTOMERS)
    for (const { scheme, value } of waysTo(customer)) hold(addresses, { scheme, value, holder: ids.get(customer.key)!, since });
  const all = [...addresses.values()];
  await rows.insert(
    'addresses',
    all.map(({ id, scheme, value, holders }) => ({
      id,
      scheme,
      scope: scheme === 'wechat' ? wechatApp : '',
      value,
      contact_id: holders.length > 1 ? sharedId : holders[0]!,
      created_at: since,
      seen_at: since,
      unusable: value === DEMO_CUSTOMERS.find(({ key }) => key === UNREACHABLE)!.phone ? 'unreachable' : null,
    })),
  );
  const held = all.flatMap(({ id, holders }) =>
    holders.map((holder) => ({
      contact_id: holder,
      address_id: id,
      level: 'verified',
      verified_at: new Date(now.getTime() - 20 * DAY),
      since,
    })),
  );
  await rows.insert('contact_addresses', held);
  const found: SeededContacts = {
    ids,
    sharedId,
    address: (customer, scheme) => addresses.get(keyOf(scheme, waysTo(customer).find((way) => way.scheme === scheme)?.value ?? '')),
  };
  await writeWishes(rows, found, now);
  return found;
}

const keyOf = (scheme: string, value: string): string => `${scheme}:${value}`;

function waysTo({ phone, email, wechat }: DemoCustomer): { scheme: SeededAddress['scheme']; value: string }[] {
  const ways = [
    { scheme: 'tel', value: phone },
    { scheme: 'email', value: email },
    { scheme: 'wechat', value: wechat },
  ] as const;
  return ways.flatMap(({ scheme, value }) => (value ? [{ scheme, value }] : []));
}

function hold(
  addresses: Map<string, SeededAddress & { readonly holders: string[] }>,
  way: { scheme: SeededAddress['scheme']; value: string; holder: string; since: Date },
): void {
  const known = addresses.get(keyOf(way.scheme, way.value));
  if (known) known.holders.push(way.holder);
  else addresses.set(keyOf(way.scheme, way.value), { id: newId(way.since), scheme: way.scheme, value: way.value, holders: [way.holder] });
}

const contactRow = (customer: DemoCustomer, id: string, since: Date) => ({
  id,
  kind: customer.kind,
  name: customer.name,
  salutation: customer.salutation,
  language: customer.language,
  time_zone: ZONES[customer.language],
  external_id: externalIdOf(customer),
  labels: customer.key === 'zhu.yan' ? ['vulnerable'] : [],
  deceased: false,
  created_at: since,
  words: searchVector(
    [customer.name, externalIdOf(customer), customer.phone, customer.email, customer.wechat].filter(Boolean).join(' \n '),
  ),
});

function standIn(id: string, since: Date): ReturnType<typeof contactRow> {
  const phone = DEMO_CUSTOMERS.find(({ key }) => key === SIBLINGS[0])!.phone!;
  return {
    id,
    kind: 'shared' as never,
    name: phone,
    salutation: null,
    language: 'zh-CN',
    time_zone: 'Asia/Shanghai',
    external_id: null as never,
    labels: [],
    deceased: false,
    created_at: since,
    words: searchVector(phone),
  };
}

const PURPOSES = ['service', 'informational'] as const;
const KIND = { tel: 'twilio-sms', email: 'email', wechat: 'wechat' } as const;

/** Consents given with the policy, one taken back; the hours in which two of them may and may not be told. */
async function writeWishes(rows: SeedRows, contacts: SeededContacts, now: Date): Promise<void> {
  const given = DEMO_CUSTOMERS.filter(({ kind }) => kind === 'person').flatMap((customer) =>
    waysTo(customer).flatMap(({ scheme }) =>
      PURPOSES.map((purpose) => ({
        id: newId(now),
        address_id: contacts.address(customer, scheme)!.id,
        channel: KIND[scheme],
        purpose,
        state: 'granted',
        source: 'policy',
        evidence: {},
        at: new Date(now.getTime() - 80 * DAY),
      })),
    ),
  );
  const phone = contacts.address(
    DEMO_CUSTOMERS.find(({ key }) => key === OPTED_OUT)!,
    'tel',
  )!;
  const taken = [...PURPOSES, 'survey'].map((purpose) => ({
    id: newId(now),
    address_id: phone.id,
    channel: 'twilio-sms',
    purpose,
    state: 'opted-out',
    source: 'sentence',
    evidence: {},
    at: new Date(now.getTime() - 4 * DAY),
  }));
  await rows.insert('consents', [...given, ...taken]);
  const wish = (key: string, wishes: object) => ({
    contact_id: contacts.ids.get(key)!,
    channels: [],
    any_hour: false,
    quiet_from: null,
    quiet_to: null,
    updated_at: new Date(now.getTime() - 30 * DAY),
    ...wishes,
  });
  await rows.insert('preferences', [
    wish(DEMO_CUSTOMER, { any_hour: true, channels: ['twilio-sms', 'email'] }),
    wish(EARLY_SLEEPER, { quiet_from: '20:00', quiet_to: '09:00' }),
  ]);
}
