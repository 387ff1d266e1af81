import { redelivery } from './redelivery';

test('every webhook comes three times in any order, first words two at once: one contact, one conversation, one message each', async () => {
  const { counts, wrong } = await redelivery.run('short', () => undefined);
  expect(wrong).toEqual([]);
  expect(counts).toEqual({ strangers: 60, deliveries: 720, said: 240, kept: 240, conversations: 60, contacts: 60, addresses: 60 });
}, 240_000);
