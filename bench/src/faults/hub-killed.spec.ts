import { hubKilled } from './hub-killed';

test('the hub and its database are killed, and the hub is stopped, while texts, mails and chats come: nothing acknowledged is missing, nothing is there twice', async () => {
  const { counts, wrong } = await hubKilled.run('short', () => undefined);
  expect(wrong).toEqual([]);
  expect(counts).toMatchObject({
    kills: 2,
    'sms said': 600,
    'sms acknowledged': 600,
    'mail acknowledged': 60,
    'chat acknowledged': 48,
    'vendor said': 30,
    kept: 738,
  });
  // The faults were felt: answers were lost, and texts that nobody brought again came by backfill.
  expect(counts['answers that were lost']).toBeGreaterThan(0);
  expect(counts['vendor acknowledged']).toBeLessThan(30);
}, 240_000);
