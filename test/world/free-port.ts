import net from 'node:net';

const LOWEST = 20_000;
const COUNT = 12_000;

/**
 * A TCP port of loopback that nobody listens on, and that stays free while its hub is away: below those that systems give to outgoing connections
 * (32768 and above on Linux, 49152 elsewhere), one of which would else take it sooner or later.
 */
export async function freePort(): Promise<number> {
  const port = LOWEST + Math.floor(Math.random() * COUNT);
  return (await isFree(port)) ? port : freePort();
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer().once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
