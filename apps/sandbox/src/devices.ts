import type { ServerResponse } from 'node:http';
import type { World } from './world';

// Fast enough that a ringing phone looks immediate; calls change without telling.
const CALLS_MS = 200;
const ALIVE_MS = 15_000;

/**
 * What the simulated devices show, as it happens (server-sent events): `outbox` for every message that a device got, `calls` with all
 * calls whenever one of them changed.
 */
export function streamDevices(world: World, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
  const send = (event: string, payload: unknown): void => void response.write(`event: ${event}\ndata: ${JSON.stringify(payload)}\n\n`);
  let shown = '';
  const showCalls = (): void => {
    const calls = world.calls().slice(0, 20);
    const now = JSON.stringify(calls);
    if (now === shown) return;
    shown = now;
    send('calls', calls);
  };
  const stopListening = world.received.listen((entry) => send('outbox', entry));
  const timers = [setInterval(showCalls, CALLS_MS), setInterval(() => response.write(': alive\n\n'), ALIVE_MS)];
  response.on('close', () => {
    stopListening();
    for (const timer of timers) clearInterval(timer);
  });
  showCalls();
}
