import { sendKilled } from './send-killed';

test('the hub is killed between a vendor’s acceptance and its own commit: nobody hears it twice, and nothing is unknown without a person knowing', async () => {
  const { counts, wrong } = await sendKilled.run('short', () => undefined);
  expect(wrong).toEqual([]);
  expect(counts).toMatchObject({ kills: 5, replies: 50 });
  // What the vendor lost did not arrive, and somebody has it on their list.
  const beforePerson = counts['failed, before a person']! + counts['unknown, before a person']!;
  expect(beforePerson).toBeGreaterThan(0);
  expect(counts.taken! + beforePerson).toBe(50);
}, 240_000);
