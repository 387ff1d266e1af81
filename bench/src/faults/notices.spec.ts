import { notices } from './notices';

test(
  notices.promise,
  async () => {
    const { counts, wrong } = await notices.run('short', () => undefined);
    expect(wrong).toEqual([]);
    expect(counts).toMatchObject({ notices: 3_000, twice: 0, answers: 16 });
    expect(counts.told! + counts.waiting!).toBe(3_000);
    expect(counts.told).toBeGreaterThan(0);
  },
  240_000,
);
