import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ClaimFile, ClaimFileVerdict, Transcript } from '@claimline/protocol';
import { Client } from 'pg';
import type { ConsoleClient } from '../world/console-client';
import { postSms } from '../world/twilio-sender';
import { until } from '../world/until';
import { World } from '../world/world';

let world: World;
let supervisor: ConsoleClient;
let number: string;
let conversation: string;

beforeAll(async () => {
  world = await World.open();
  supervisor = await world.signIn('supervisor');
  ({ number, conversation } = await talkAboutAClaim());
}, 180_000);
afterAll(() => world?.close());

/** A customer of one claim writes, an adjuster answers: so there is something to file. */
async function talkAboutAClaim(): Promise<{ number: string; conversation: string }> {
  const customer = world.manifest.customers.find((one) => one.phone && one.claims.length === 1)!;
  const [claim] = customer.claims;
  const text = `The wing mirror of ${claim} is gone too`;
  await postSms(world.sms, { from: customer.phone!, text, sid: `SM${createHash('md5').update(text).digest('hex')}` });
  const item = await until('the conversation about the claim', async () =>
    (await supervisor.find(customer.phone!)).items.find((one) => one.claim?.number === claim),
  );
  await supervisor.reply(item.id, 'Noted, please send a photo of the mirror.');
  return { number: claim!, conversation: item.id };
}

const exported = (): Promise<ClaimFile> => supervisor.get(`/api/claims/${number}/file`);
const verdictOn = async (file: ClaimFile): Promise<ClaimFileVerdict> =>
  (await supervisor.call<ClaimFileVerdict>('POST', `/api/claims/${number}/file/verify`, file)).body;

/** Somebody with a hand in the database. */
async function tamper(text: string, values: unknown[]): Promise<void> {
  const data = path.join(world.hub.folder, 'data');
  const [, , , port] = (await readFile(path.join(data, 'postgres/postmaster.pid'), 'utf8')).split('\n');
  const password = (await readFile(path.join(data, 'postgres.password'), 'utf8')).trim();
  const client = new Client({ host: '127.0.0.1', port: Number(port), user: 'claimline', password, database: 'claimline' });
  await client.connect();
  try {
    const { rowCount } = await client.query(text, values);
    expect(rowCount).toBe(1);
  } finally {
    await client.end();
  }
}

test('the file tells everything in order, and says so under a chain of hashes that anybody can follow', async () => {
  const file = await exported();
  expect(file.claim).toMatchObject({ number });
  const kinds = new Set(file.entries.map(({ kind }) => kind));
  expect([...kinds]).toEqual(expect.arrayContaining(['claim-event', 'message', 'delivery']));
  const times = file.entries.map(({ at }) => at);
  expect(times).toEqual([...times].sort());
  expect(file.entries.at(-1)!.hash).toBe(file.head);
  expect(await verdictOn(file)).toEqual({ sound: true, signed: true, problems: [] });
  // The export itself is part of what happened.
  expect((await exported()).entries.filter(({ facts }) => facts.action === 'claim-file.export').length).toBeGreaterThan(0);
}, 120_000);

test('one byte changed in the file, or in the database, is named', async () => {
  const file = await exported();
  const said = file.entries.find(({ kind, facts }) => kind === 'message' && String(facts.text).includes('wing mirror'))!;
  const forged = {
    ...file,
    entries: file.entries.map((one) => (one === said ? { ...one, facts: { ...one.facts, text: 'The wing mirror is fine' } } : one)),
  };
  expect((await verdictOn(forged)).problems).toContainEqual({
    n: said.n,
    id: said.id,
    kind: 'message',
    problem: 'file-changed',
    facts: [],
  });
  const words = String(said.facts.text);
  await tamper('UPDATE messages SET text = $2 WHERE id = $1', [said.id, words.replace('gone', 'done')]);
  expect((await verdictOn(file)).problems).toEqual([
    { n: said.n, id: said.id, kind: 'message', problem: 'record-changed', facts: ['text'] },
  ]);
  await tamper('UPDATE messages SET text = $2 WHERE id = $1', [said.id, words]);
  expect((await verdictOn(file)).sound).toBe(true);
}, 120_000);

test('PDF and archive are what they say they are; who only reads may have them, who sees nothing may not', async () => {
  const auditor = await world.signIn('auditor');
  const load = async (format: string, headers: Record<string, string>): Promise<{ status: number; bytes: Buffer }> => {
    const answer = await fetch(`${world.hub.url}/api/claims/${number}/${format}`, { headers });
    return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) };
  };
  expect((await load('file.pdf', auditor.signedIn)).bytes.subarray(0, 5).toString()).toBe('%PDF-');
  const { bytes } = await load('file.zip', auditor.signedIn);
  expect(bytes.subarray(0, 2).toString()).toBe('PK');
  expect(bytes.includes(`${number}.json`)).toBe(true);
  expect((await load('file', {})).status).toBe(401);
}, 120_000);

test('a resolved conversation is written back: the claim core is told, and fetches the transcript with its files', async () => {
  const asCore = { authorization: `Bearer ${world.manifest.claimEvents.apiKey}` };
  const core = async <Body>(route: string): Promise<Body> =>
    (await (await fetch(world.hub.url + route, { headers: asCore })).json()) as Body;
  expect((await supervisor.call('POST', `/api/conversations/${conversation}/resolve`)).status).toBeLessThan(300);
  const told = await until('the claim core to be told', async () => {
    const { items } = await core<{ items: { type: string; data: { transcript: string; conversation: string } }[] }>(
      '/api/claim-core/events?limit=100',
    );
    return items.find(({ type, data }) => type === 'conversation.resolved' && data.conversation === conversation);
  });
  const transcript = await core<Transcript>(told.data.transcript);
  expect(transcript).toMatchObject({ claim: number, console: `${world.hub.url}/inbox/all/${conversation}` });
  const texts = transcript.messages.map(({ text }) => text);
  expect(texts).toEqual(expect.arrayContaining([expect.stringContaining('wing mirror'), 'Noted, please send a photo of the mirror.']));
}, 120_000);
