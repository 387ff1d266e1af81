import type { Database } from '@claimline/database';
import { tel } from '@claimline/messages';
import { Receiver } from '../inbound/receiver';
import { AT, openGround, rawDelivery, sms, type Ground } from '../testing/ground';
import { Conversations } from './conversations.repository';

let ground: Ground;
let database: Database;
const conversations = new Conversations();

beforeAll(async () => {
  ground = await openGround();
  ({ database } = ground);
});
afterAll(() => ground.close());

async function opened(from: string): Promise<string> {
  const receiver = new Receiver(database, ground.seal, ground.wakeups);
  return (await receiver.receive(ground.inbox, sms({ from: tel(from) }), rawDelivery())).conversationId!;
}

test('what binds a conversation to others is its claim, its contact and its address; it is held meanwhile', async () => {
  const [bound, free] = [await opened('+15550101001'), await opened('+15550101002')];
  const [claim] = await database.query<{ id: string }>({
    name: '',
    text: `INSERT INTO claims (id, number, brand_id, line_of_business, jurisdiction, stage, version, facts, created_at, updated_at)
           VALUES (gen_random_uuid(), 'CLM-TIES-1', $1, 'motor', 'CN', 'reported', 1, '{}', $2, $2) RETURNING id`,
    values: [ground.inbox.brandId, AT],
  });
  await database.query({ name: '', text: 'UPDATE conversations SET claim_id = $2 WHERE id = $1', values: [bound, claim!.id] });
  const rows = await Promise.all([bound, free].map((id) => database.transaction((tx) => conversations.lock(tx, id))));
  const ties = await database.transaction(async (tx) => {
    const found = await conversations.lockWithTies(tx, [free, bound, bound]);
    const others = await database.transaction((beside) => conversations.lockFree(beside, [free, bound]));
    expect(others.size).toBe(0);
    return found;
  });
  expect(ties).toEqual(
    new Map([
      [bound, [claim!.id, rows[0]!.contact_id, rows[0]!.address_id]],
      [free, [rows[1]!.contact_id, rows[1]!.address_id]],
    ]),
  );
});
