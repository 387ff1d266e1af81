import { vendorTrouble } from './vendor-trouble';

test(
  vendorTrouble.promise,
  async () => {
    const { counts, wrong } = await vendorTrouble.run('short', () => undefined);
    expect(wrong).toEqual([]);
    expect(counts).toMatchObject({
      messages: 30,
      taken: 24,
      takenTwice: 0,
      sent: 21,
      toldFailed: 6,
      withAPerson: 3,
      probes: 1,
      toldAfterwards: 16,
    });
  },
  180_000,
);
