// The sockets of a crowd, in a process of its own so that opening and hearing them does not hold up whoever measures. Speaks over IPC.
import type { ConsoleEvent } from '@claimline/protocol';
import { io, type Socket } from 'socket.io-client';
import type { CrowdAnswer, CrowdRequest } from './crowd';

const OPENING_AT_ONCE = 25;

const open: Socket[] = [];
/** By message id: when each console heard of it, by the machine's monotonic clock in milliseconds. */
const heard = new Map<string, number[]>();

const now = (): number => Number(process.hrtime.bigint()) / 1e6;
const say = (answer: CrowdAnswer): void => void process.send!(answer);

async function connect(url: string, namespace: string, options: object): Promise<Socket> {
  const socket = io(`${url}${namespace}`, { transports: ['websocket'], forceNew: true, reconnection: false, ...options });
  await new Promise<void>((resolve, reject) => socket.once('connect', () => resolve()).once('connect_error', reject));
  open.push(socket);
  return socket;
}

async function openConsole(url: string, cookie: string): Promise<void> {
  const socket = await connect(url, '/console', { extraHeaders: { cookie, origin: url } });
  socket.on('events', (batch: readonly ConsoleEvent[]) => {
    const at = now();
    for (const { type, payload } of batch) if (type === 'message.received') note(String(payload.messageId), at);
  });
  await socket.emitWithAck('resume', { position: null });
}

function note(messageId: string, at: number): void {
  const times = heard.get(messageId);
  if (times) times.push(at);
  else heard.set(messageId, [at]);
}

async function openVisitor(url: string, inbox: string, n: number): Promise<void> {
  // Fifty visitors to an address, as behind the gateways of phone networks.
  const address = `10.1.${Math.floor(n / 50 / 250)}.${(Math.floor(n / 50) % 250) + 1}`;
  await connect(url, '/visitor', { auth: { inbox }, extraHeaders: { origin: url, 'x-forwarded-for': address } });
}

async function inTurns(count: number, work: (n: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: OPENING_AT_ONCE }, lane));
}

async function answer(request: CrowdRequest): Promise<CrowdAnswer> {
  if (request.do === 'consoles') await inTurns(request.cookies.length, (n) => openConsole(request.url, request.cookies[n]!));
  if (request.do === 'visitors') await inTurns(request.count, (n) => openVisitor(request.url, request.inbox, n));
  if (request.do === 'heard') return { heard: [...heard] };
  return { connected: open.filter(({ connected }) => connected).length };
}

process.on('message', (request: CrowdRequest) => {
  answer(request).then(say, (error: unknown) => say({ failed: String(error) }));
});
process.on('disconnect', () => process.exit(0));
