import { Contacts, Threads } from '@claimline/conversations';
import { newId } from '@claimline/database';
import { Deliveries, SendingQueue, type DeliveryRow } from '@claimline/delivery';
import { email, tel } from '@claimline/messages';
import { OutboundContentView } from '../views/outbound-content.view';
import { RecipientFactsView } from '../views/recipient-facts.view';
import { SendDelivery } from './send-delivery';
import { AT, openDeliveryHub, type DeliveryHub } from './testing/delivery-hub';

let hub: DeliveryHub;
beforeAll(async () => (hub = await openDeliveryHub()));
afterAll(() => hub.close());
beforeEach(() => (hub.around.consent = 'unknown'));

const run = (name: string, text: string, values: unknown[]) => hub.database.query<Record<string, string>>({ name, text, values });

async function leave(delivery: DeliveryRow): Promise<DeliveryRow> {
  const claimed = (await hub.app.get(SendingQueue).take(hub.inboxId, 8)).find((row) => row.id === delivery.id);
  await hub.app.get(SendDelivery).send(claimed!);
  return hub.state(delivery.id);
}

/** A claim with a party who is represented by another party, each with an address. */
async function representedClaim(
  phone: string,
  lawyersPhone: string,
): Promise<{ claimId: string; partyContact: string; lawyerContact: string }> {
  const [claimId, party, lawyer] = [newId(AT), newId(AT), newId(AT)];
  const contacts = await hub.database.transaction(async (tx) => [
    await hub.app.get(Contacts).senderOf(tx, tel(phone), AT),
    await hub.app.get(Contacts).senderOf(tx, tel(lawyersPhone), AT),
  ]);
  await run(
    'claim',
    `INSERT INTO claims (id, number, brand_id, line_of_business, jurisdiction, stage, version, created_at, updated_at) VALUES ($1, $2, $3, 'motor', 'US-CA', 'reported', 1, $4, $4)`,
    [claimId, `CLM-${claimId.slice(-6)}`, hub.brandId, AT],
  );
  await run(
    'lawyer',
    `INSERT INTO claim_parties (id, claim_id, external_id, role, name, contact_id) VALUES ($1, $2, 'l', 'attorney', 'Law', $3)`,
    [lawyer, claimId, contacts[1]!.contactId],
  );
  await run(
    'party',
    `INSERT INTO claim_parties (id, claim_id, external_id, role, name, contact_id, represented_by_id) VALUES ($1, $2, 'p', 'claimant', 'Li', $3, $4)`,
    [party, claimId, contacts[0]!.contactId, lawyer],
  );
  return { claimId, partyContact: contacts[0]!.contactId, lawyerContact: contacts[1]!.contactId };
}

test('a represented party is not written to; the representative is', async () => {
  const { claimId } = await representedClaim('+15550600001', '+15550600002');
  const direct = await hub.send({ phone: '+15550600001' });
  await run('bind', 'UPDATE conversations SET claim_id = $2 WHERE id = $1', [direct.conversation_id, claimId]);
  expect(await leave(direct)).toMatchObject({ state: 'suppressed', reason: 'represented' });
  const lawyer = await hub.send({ phone: '+15550600002' });
  await run('bind', 'UPDATE conversations SET claim_id = $2 WHERE id = $1', [lawyer.conversation_id, claimId]);
  expect((await leave(lawyer)).state).toBe('accepted');
});

test('without a claim in the conversation, being represented in any open one counts; in another bound one it does not', async () => {
  await representedClaim('+15550600003', '+15550600004');
  const unbound = await hub.send({ phone: '+15550600003' });
  expect(await leave(unbound)).toMatchObject({ reason: 'represented' });
  const { claimId: other } = await representedClaim('+15550600005', '+15550600006');
  const bound = await hub.send({ phone: '+15550600003' });
  await run('bind', 'UPDATE conversations SET claim_id = $2 WHERE id = $1', [bound.conversation_id, other]);
  expect((await leave(bound)).state).toBe('accepted');
});

test('nothing goes to the dead, but a phone that somebody shared with them still rings', async () => {
  const delivery = await hub.send({ phone: '+15550600010' });
  const [row] = await run('holder', 'SELECT contact_id FROM addresses WHERE id = $1', [delivery.address_id]);
  await run('die', 'UPDATE contacts SET deceased = true WHERE id = $1', [row!['contact_id']]);
  expect(await leave(delivery)).toMatchObject({ state: 'suppressed', reason: 'deceased' });
  const spouse = newId(AT);
  await run('spouse', `INSERT INTO contacts (id, kind, name, created_at) VALUES ($1, 'person', 'Wang', $2)`, [spouse, AT]);
  await run('share', `INSERT INTO contact_addresses (contact_id, address_id, level, since) VALUES ($1, $2, 'claimed', $3)`, [
    spouse,
    delivery.address_id,
    AT,
  ]);
  const facts = await hub.app
    .get(RecipientFactsView)
    .of({ addressId: delivery.address_id, conversationId: delivery.conversation_id, channel: 'twilio-sms', purpose: 'reply' });
  expect(facts.deceased).toBe(false);
});

test('an address that a person typed is judged by what is known of it', async () => {
  const known = await hub.send({ phone: '+15550600020' });
  await leave(known);
  await hub.database.transaction((tx) => hub.app.get(Contacts).markUnusable(tx, known.address_id!, '30005'));
  const typed = await hub.send({ to: { value: '+15550600020', addressId: null } });
  expect(typed.address_id).toBeNull();
  expect(await leave(typed)).toMatchObject({ state: 'undeliverable', reason: 'address-unusable', address_id: known.address_id });
});

test('nobody who must not be written to gets a copy', async () => {
  const { claimId, partyContact } = await representedClaim('+15550600030', '+15550600031');
  await hub.database.transaction((tx) => hub.app.get(Contacts).hold(tx, partyContact, email('li@example.test'), { at: AT }));
  const delivery = await hub.send({ phone: '+15550600032' });
  await run('bind', 'UPDATE conversations SET claim_id = $2 WHERE id = $1', [delivery.conversation_id, claimId]);
  await run('cc', `UPDATE messages SET cc_values = '{Li@Example.test}' WHERE id = $1`, [delivery.message_id]);
  expect(await leave(delivery)).toMatchObject({ state: 'suppressed', reason: 'represented' });
});

test('the window counts from the customer’s last message on this channel, in any of their conversations', async () => {
  const delivery = await hub.send({ phone: '+15550600040' });
  const asked = {
    addressId: delivery.address_id,
    conversationId: delivery.conversation_id,
    channel: 'twilio-sms',
    purpose: 'reply' as const,
  };
  const facts = hub.app.get(RecipientFactsView);
  expect(await facts.lastInboundAt(asked)).toBeNull();
  const write = (channel: string, at: Date) =>
    hub.database.transaction((tx) =>
      hub.app.get(Threads).append(tx, {
        id: newId(at),
        conversationId: delivery.conversation_id,
        direction: 'inbound',
        kind: 'text',
        channel,
        inboxId: hub.inboxId,
        from: { value: '+15550600040', name: null, addressId: delivery.address_id },
        to: [],
        cc: [],
        text: 'hello',
        occurredAt: at,
        receivedAt: at,
      }),
    );
  const first = new Date(AT.getTime() + 60_000);
  await write('twilio-sms', first);
  await write('wechat', new Date(AT.getTime() + 120_000));
  expect(await facts.lastInboundAt(asked)).toEqual(first);
});

test('a mail that nobody gave a subject answers the customer’s, or says who writes and about which claim', async () => {
  const subjectOf = async (conversationSubject: string | null, claim: string | null): Promise<string> => {
    const delivery = await hub.send();
    await run('subject', 'UPDATE conversations SET subject = $2, claim_number = $3 WHERE id = $1', [
      delivery.conversation_id,
      conversationSubject,
      claim,
    ]);
    await hub.database.transaction((tx) => hub.app.get(Deliveries).cancel(tx, delivery.message_id, 'superseded', AT));
    return (await hub.app.get(OutboundContentView).load([delivery.id])).get(delivery.id)!.subject;
  };
  expect(await subjectOf('My car', 'CLM-1')).toBe('Re: My car');
  expect(await subjectOf('回复：我的车', null)).toBe('回复：我的车');
  expect(await subjectOf(null, 'CLM-1')).toBe('Demo · CLM-1');
  expect(await subjectOf(null, null)).toBe('Demo');
});
