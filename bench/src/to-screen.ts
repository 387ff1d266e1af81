import type { ConsoleEvent, DemoManifest } from '@claimline/protocol';
import { io, type Socket } from 'socket.io-client';
import { figuresOf, type Figures } from './figures';
import { Poster, signedSms, type SmsLine } from './signed-sms';

/** From a webhook leaving the vendor to the event on an adjuster's socket, at a steady rate. */
export async function webhookToSocket(
  url: string,
  manifest: DemoManifest,
  line: SmsLine,
  load: { perSecond: number; seconds: number },
): Promise<Figures> {
  const socket = await openConsole(url, manifest);
  const heard: number[] = [];
  socket.on('events', (batch: readonly ConsoleEvent[]) => {
    const now = performance.now();
    for (const event of batch) if (event.type === 'message.received') heard.push(now);
  });
  await socket.emitWithAck('resume', { position: null });
  const sent = await sendSteadily(line, load);
  for (let i = 0; i < 200 && heard.length < sent.length; i++) await new Promise((resolve) => setTimeout(resolve, 50));
  socket.close();
  // The log keeps the order of commits, so the n-th heard belongs to the n-th taken, give or take neighbours within a batch.
  return figuresOf(
    sent.slice(0, heard.length).map((at, n) => heard[n]! - at),
    load.seconds,
  );
}

async function sendSteadily(line: SmsLine, { perSecond, seconds }: { perSecond: number; seconds: number }): Promise<number[]> {
  const poster = new Poster(64);
  const sent: number[] = [];
  const under: Promise<void>[] = [];
  const begun = performance.now();
  for (let n = 0; n < perSecond * seconds; n++) {
    const due = begun + (n * 1000) / perSecond;
    while (performance.now() < due) await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
    const { body, headers } = signedSms(line, n);
    sent.push(performance.now());
    under.push(poster.post(line.webhook, body, headers));
  }
  await Promise.all(under);
  poster.close();
  return sent;
}

async function openConsole(url: string, manifest: DemoManifest): Promise<Socket> {
  const person = manifest.people.find(({ role }) => role === 'supervisor')!;
  const answer = await fetch(`${url}/api/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email: person.email, password: person.password }),
  });
  const cookie = answer.headers
    .getSetCookie()
    .map((text) => text.split(';')[0])
    .join('; ');
  const socket = io(`${url}/console`, { transports: ['websocket'], extraHeaders: { cookie, origin: url } });
  await new Promise<void>((resolve, reject) => socket.once('connect', () => resolve()).once('connect_error', reject));
  return socket;
}
