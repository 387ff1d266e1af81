import { media } from './media';

test(
  media.promise,
  async () => {
    const { counts, wrong } = await media.run('short', () => undefined);
    expect(wrong).toEqual([]);
    expect(counts).toMatchObject({ messages: 14, readAtOnce: 14, stored: 6, failed: 7, quarantined: 1, visitsInside: 0 });
  },
  180_000,
);
