import { mishaps } from './mishaps';

test('a full disk, a jumping clock, poison work, poison mail and a password that expires cost nobody a message', async () => {
  const { counts, wrong } = await mishaps.run('short', () => undefined);
  expect(wrong).toEqual([]);
  expect(counts).toMatchObject({ 'answers over jumps': 6, 'mails kept as they came': 17 });
}, 240_000);
