import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PolicySearchFailed, RemotePolicies } from '@claimline/claims';
import { openDesk, type Desk } from '../http/testing/desk';
import { guardedFetch } from '../platform/guarded-fetch';

const IMPORT = '/api/policies/import';
const SETTINGS = '/api/policies/search-settings';
const LIST = [
  '﻿保单号,险种,投保人,手机号,车牌号,起保日期,终保日期',
  'PDAA2026310000008812,motor,王小明,13800138000,沪A·12345,2026-01-01,2026-12-31',
  ',motor,Nobody,,,,',
  'PDAA-9,motor,Li,,,2026-02-30,',
  'PDAA-10,motor,Li,,,,31/12/2026',
  `${'9'.repeat(61)},motor,Li,,,,`,
].join('\r\n');

let desk: Desk;
let system: Server;
let answer: { status: number; body: string } | 'silence';
const asked: { url: string; key: string | undefined }[] = [];

beforeAll(async () => {
  desk = await openDesk({ HUB_ALLOW_PRIVATE: 'true' });
  system = createServer((request, response) => {
    asked.push({ url: request.url!, key: request.headers.authorization });
    if (answer !== 'silence') response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
  });
  await new Promise<void>((listening) => system.listen(0, '127.0.0.1', listening));
}, 120_000);
afterAll(async () => {
  system?.closeAllConnections();
  system?.close();
  await desk?.close();
});

const address = (): string => `http://127.0.0.1:${(system.address() as AddressInfo).port}/policies`;
const find = (query: string) => desk.call('hotline', 'GET', `/api/policies?${query}`);

test('a list is loaded line by line: good ones count, bad ones are named with their line; twice is as good as once', async () => {
  const first = await desk.send('administrator', IMPORT, 'text/csv', LIST);
  expect(first).toMatchObject({ status: 200, body: { read: 5, loaded: 1 } });
  expect(first.body.errors).toEqual([
    { line: 3, problem: 'number: is missing' },
    { line: 4, problem: 'startsOn: not a day like 2026-01-31' },
    { line: 5, problem: 'endsOn: not a day like 2026-01-31' },
    { line: 6, problem: 'number: at most 60 characters' },
  ]);
  await desk.send('administrator', IMPORT, 'text/csv', LIST);
  expect((await desk.call('supervisor', 'GET', SETTINGS)).body).toMatchObject({ url: null, hasSecret: false, imported: 1 });
});

test('what is no CSV is refused and loads nothing more', async () => {
  const broken = await desk.send('administrator', IMPORT, 'text/csv', 'number,holder\nP-1,"Li\n');
  expect(broken).toMatchObject({ status: 422, body: { code: 'invalid' } });
  expect((await desk.call('supervisor', 'GET', SETTINGS)).body.imported).toBe(1);
});

test.each(['adjuster', 'supervisor', 'auditor'] as const)('%s loads no list', async (role) => {
  expect((await desk.send(role, IMPORT, 'text/csv', LIST)).status).toBe(403);
});

test.each(['adjuster', 'hotline', 'mailroom'] as const)('%s does not say where policies are looked for', async (role) => {
  expect((await desk.call(role, 'GET', SETTINGS)).status).toBe(403);
  expect((await desk.call(role, 'PUT', SETTINGS, { url: null })).status).toBe(403);
  expect((await desk.call(role, 'POST', `${SETTINGS}/test`)).status).toBe(403);
});

test.each([
  ['number=8812', 'number'],
  ['plate=%E6%B2%AAa12345', 'plate'],
  ['phone=%2B86%20138%200013%208000', 'phone'],
])('%s finds the policy by its %s, masked until somebody chooses it', async (query, reason) => {
  const { items } = (await find(query)).body;
  expect(items).toEqual([expect.objectContaining({ number: '··8812', holder: '王**', plate: '··2345', reason })]);
  expect(JSON.stringify(items)).not.toMatch(/PDAA2026|小明|13800138000/);
});

test('what is chosen is filled in whole; a choice that is not ours is refused', async () => {
  const [candidate] = (await find('number=8812')).body.items;
  const { id } = (await desk.call('hotline', 'POST', '/api/reports', {})).body;
  const chosen = await desk.call('hotline', 'PATCH', `/api/reports/${id}`, { policy: candidate.ref });
  expect(chosen.body.fields).toMatchObject({ policyNumber: 'PDAA2026310000008812', policyHolder: '王小明', policyTo: '2026-12-31' });
  const wrong = await desk.call('hotline', 'PATCH', `/api/reports/${id}`, { policy: `${candidate.ref.slice(0, -8)}AAAAAAAA` });
  expect(wrong).toMatchObject({ status: 422, body: { fields: [{ path: 'policy' }] } });
});

test('the house’s own system is asked with its key, and only what we can see matches; what it does wrong is told beside the imported list', async () => {
  const saved = await desk.call('administrator', 'PUT', SETTINGS, { url: address(), secret: 'the-key' });
  expect(saved.body).toEqual({ url: address(), hasSecret: true, imported: 1 });
  answer = { status: 200, body: JSON.stringify({ items: [{ number: 'REMOTE-8812', holder: 'Ada' }, { number: 'OTHER-1' }] }) };
  expect((await find('number=8812')).body).toMatchObject({ items: [{ number: '··8812', holder: 'A**' }], problem: null });
  expect(asked.at(-1)).toEqual({ url: '/policies?number=8812', key: 'Bearer the-key' });
  for (const [wrong, problem] of [
    [{ status: 500, body: '{}' }, 'answered 500'],
    [{ status: 200, body: 'no json' }, 'the answer has no items'],
    [{ status: 200, body: '{"items":{}}' }, 'the answer has no items'],
    [{ status: 200, body: '{"items":[{"holder":"Ada"}]}' }, 'a policy in the answer has no number'],
  ] as const) {
    answer = wrong;
    expect((await find('number=8812')).body).toMatchObject({ items: [{ holder: '王**' }], problem });
    expect((await desk.call('administrator', 'POST', `${SETTINGS}/test`)).body).toEqual({ ok: false, problem });
  }
  const told = (await desk.call('hotline', 'GET', '/api/hotline?q=8812')).body;
  expect(told).toMatchObject({ policies: [{ number: '··8812' }], policyProblem: 'a policy in the answer has no number' });
});

test('a day that is none is left away, whoever tells it', async () => {
  answer = { status: 200, body: JSON.stringify({ items: [{ number: 'REMOTE-8812', startsOn: '31/12/2026', endsOn: '2027-01-31' }] }) };
  expect((await find('number=8812')).body.items).toEqual([expect.objectContaining({ startsOn: null, endsOn: '2027-01-31' })]);
});

test('a system that does not answer keeps nobody waiting', async () => {
  answer = 'silence';
  const remote = new RemotePolicies({ url: address(), secret: 'x' }, guardedFetch(true), 100);
  await expect(remote.find({ number: '8812' })).rejects.toThrow(new PolicySearchFailed('no answer'));
  await desk.call('administrator', 'PUT', SETTINGS, { url: null });
  expect((await find('number=8812')).body).toMatchObject({ items: [{ holder: '王**' }], problem: null });
});
