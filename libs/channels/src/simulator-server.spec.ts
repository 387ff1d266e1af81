import { SimulatorServer } from './simulator-server';
import type { SimulatedAnswer, Simulator } from './simulator';

const answers: Record<string, SimulatedAnswer> = {
  '/ok': { status: 201, headers: { 'x-vendor': 'yes' }, body: 'made' },
  '/die': 'die',
  '/half': 'die-mid-answer',
  '/hang': 'hang',
};

function vendor(closed: string[]): Simulator {
  return {
    kind: 'post-office',
    handle: async ({ path, body, query, method }) =>
      path === '/echo' ? { status: 200, body: `${method} ${query.get('q')} ${body.toString()}` } : answers[path],
    connect: async () => undefined,
    act: async () => ({ id: '1', status: 200, body: '' }),
    misbehave: () => undefined,
    newLine: () => ({ config: {}, secrets: {} }),
    close: async () => void closed.push('post-office'),
  };
}

describe('the server of simulated vendors', () => {
  let server: SimulatorServer;
  let bases: string[];
  let closed: string[];
  beforeEach(async () => {
    [bases, closed] = [[], []];
    server = await SimulatorServer.start({
      kinds: { 'post-office': async ({ baseUrl }) => (bases.push(baseUrl), vendor(closed)) },
      received: () => undefined,
      now: () => new Date(),
      intercept: ({ path }) => (path === '/stolen' ? { status: 418, body: 'mine' } : undefined),
      otherwise: (request, response) => response.writeHead(203).end(`host: ${request.url}`),
    });
  });
  afterEach(() => server.close());

  const at = (path: string, init?: RequestInit) => fetch(server.origin + path, init);

  test('each vendor answers below its own folder and knows its address', async () => {
    expect(bases).toEqual([`${server.origin}/post-office`]);
    const ok = await at('/post-office/ok');
    expect([ok.status, ok.headers.get('x-vendor'), await ok.text()]).toEqual([201, 'yes', 'made']);
    expect(await (await at('/post-office/echo?q=1', { method: 'POST', body: 'hello' })).text()).toBe('POST 1 hello');
    expect((await at('/post-office/unknown')).status).toBe(404);
  });

  test('what belongs to no vendor goes to the host, and the host may answer first', async () => {
    expect(await (await at('/act')).text()).toBe('host: /act');
    expect((await at('/post-office/stolen')).status).toBe(418);
  });

  test('a vendor can die before and within its answer, or never answer', async () => {
    await expect(at('/post-office/die')).rejects.toThrow('fetch failed');
    const half = await at('/post-office/half');
    expect(half.status).toBe(200);
    await expect(half.text()).rejects.toThrow();
    await expect(at('/post-office/hang', { signal: AbortSignal.timeout(150) })).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  test('closing ends vendors and hanging connections, once', async () => {
    const hanging = expect(at('/post-office/hang')).rejects.toThrow('fetch failed');
    await at('/post-office/ok');
    await Promise.all([server.close(), server.close()]);
    await hanging;
    expect(closed).toEqual(['post-office']);
  });
});
