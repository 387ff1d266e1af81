import { consoles } from './consoles';

test(
  consoles.promise,
  async () => {
    const { counts, wrong } = await consoles.run('short', () => undefined);
    expect(wrong).toEqual([]);
    expect(counts).toMatchObject({ consoles: 60, faults: 6, requestsAtRest: 0 });
    // Six faults with twelve messages each, every one of them at least one event.
    expect(counts.events).toBeGreaterThanOrEqual(72);
  },
  240_000,
);
