import { createHmac } from 'node:crypto';
import type { Claim, ClaimEventAnswer, ClaimList, ConsentLines, NoticeWhy, Timeline } from '@claimline/protocol';
import { openNoticesHub, type NoticesHub } from './testing/notices-hub';

let hub: NoticesHub;
let adjuster: string;
let administrator: string;
beforeAll(async () => {
  hub = await openNoticesHub();
  adjuster = await hub.signIn('adjuster', 'adj-12');
  administrator = await hub.signIn('administrator');
}, 60_000);
afterAll(() => hub.close());

let counter = 0;
/** A customer with a phone and a mailbox, and a claim of theirs. */
const customer = () => {
  counter += 1;
  const [number, phone, email, externalId] = [
    `CLM-2026-${String(counter).padStart(6, '0')}`,
    `+86138001380${String(counter).padStart(2, '0')}`,
    `c${counter}@example.test`,
    `cust-${counter}`,
  ];
  let version = 0;
  const post = (data: object, over: object = {}) =>
    hub.post<ClaimEventAnswer>(
      '/api/claim-events',
      event(`${number}-${version + 1}`, { claimNumber: number, version: (version += 1), ...data }, over),
      { headers: { authorization: `Bearer ${hub.apiKey}`, 'content-type': 'application/cloudevents+json' } },
    );
  const open = () =>
    post({
      stage: 'reported',
      jurisdiction: 'CN',
      lineOfBusiness: 'motor',
      handler: { externalId: 'adj-12', name: 'Li Na' },
      parties: [{ externalId, role: 'policyholder', name: '李伟', phone, email }],
      plate: `沪A${10_000 + counter}`,
    });
  return { number, phone, email, externalId, post, open };
};
const event = (id: string, data: object, over: object = {}) => ({
  specversion: '1.0',
  id,
  source: '/claimcore/test',
  type: 'claims.claim.status_changed.v1',
  time: '2026-11-22T07:59:59Z',
  data,
  ...over,
});
const timeline = async (number: string) => (await hub.get<Timeline>(`/api/claims/${number}/timeline`, adjuster)).body.items;
const noticesOf = async (number: string) =>
  (await timeline(number)).filter(({ type }) => type === 'notice').map(({ params }) => params as Record<string, string>);

describe('a claim change', () => {
  it('reaches the customer by text, in Chinese, with the proof in the claim file', async () => {
    const { open, number, phone } = customer();
    expect(await open()).toMatchObject({ status: 202, body: { outcome: 'applied' } });
    await hub.settle();
    expect(hub.outside.at(phone)).toEqual([
      expect.stringMatching(/^twilio-sms: 【安和保险】尊敬的客户，您的报案已于2026年11月22日15:59（北京时间）收到，案件\*0000\d\d。/),
    ]);
    const [notice] = await noticesOf(number);
    expect(notice).toMatchObject({ code: 'fnol_received', state: 'told', channel: 'twilio-sms' });
    const why = await hub.get<NoticeWhy>(`/api/notices/${notice!.noticeId}`, adjuster);
    expect(why.body).toMatchObject({
      state: 'told',
      event: { stage: 'reported' },
      rule: { class: 'C' },
      template: { code: 'fnol_received', language: 'zh-CN', version: 1 },
      attempts: [{ channel: 'twilio-sms', state: 'delivered' }],
      proof: { channel: 'twilio-sms', state: 'delivered' },
    });
  });

  it('told five times, three of them at once, is told once', async () => {
    const { open, post, phone } = customer();
    await open();
    const again = { id: `same-${phone}` };
    const answers = [
      await post({ stage: 'acknowledged' }, again),
      ...(await Promise.all([1, 2, 3].map(() => post({ stage: 'acknowledged' }, again)))),
      await post({ stage: 'acknowledged' }, again),
    ];
    expect(answers.map(({ status, body }) => `${status} ${body.outcome}`).sort()).toEqual([
      '200 duplicate',
      '200 duplicate',
      '200 duplicate',
      '200 duplicate',
      '202 applied',
    ]);
    await hub.settle();
    expect(hub.outside.at(phone)).toHaveLength(2);
  });

  it('of an older version is kept and tells nobody', async () => {
    const { open, post, phone, number } = customer();
    await open();
    await post({ stage: 'acknowledged', version: 9 });
    await hub.settle();
    const told = hub.outside.at(phone).length;
    expect(await post({ stage: 'investigation', version: 8 })).toMatchObject({ status: 202, body: { outcome: 'stale' } });
    await hub.settle();
    expect(hub.outside.at(phone)).toHaveLength(told);
    expect((await hub.get<Claim>(`/api/claims/${number}`, adjuster)).body).toMatchObject({ stage: 'acknowledged', version: 9 });
  });

  it('over a forbidden edge waits for a person, and is told when confirmed', async () => {
    const { open, post, phone, number } = customer();
    await open();
    await post({ stage: 'payment', subStatus: 'issued' });
    await hub.settle();
    expect(hub.outside.at(phone)).toHaveLength(1);
    const anomaly = (await timeline(number)).find(({ type }) => type === 'anomaly')!;
    expect(anomaly.params).toMatchObject({ outcome: 'anomaly', detail: 'reported → payment/issued' });
    const look = await hub.database.query({
      name: 'spec-look',
      text: `SELECT reason FROM needs_look WHERE detail LIKE $1`,
      values: [`${number}%`],
    });
    expect(look).toEqual([{ reason: 'claim-anomaly' }]);
    expect(await hub.post(`/api/claim-events/${anomaly.id}/confirm`, {}, { as: adjuster })).toMatchObject({
      status: 200,
      body: { outcome: 'applied' },
    });
    expect(await hub.post(`/api/claim-events/${anomaly.id}/confirm`, {}, { as: adjuster })).toMatchObject({ status: 404 });
    expect(
      await hub.database.query({ name: 'spec-looked', text: `SELECT state FROM needs_look WHERE detail LIKE $1`, values: [`${number}%`] }),
    ).toEqual([{ state: 'replayed' }]);
    await hub.settle();
    expect(hub.outside.at(phone)[1]).toContain('赔款已支付');
  });

  it('undelivered by text becomes one mail, both attempts in the file', async () => {
    const { open, number, phone, email } = customer();
    hub.outside.failTexts(phone);
    await open();
    await hub.settle();
    hub.outside.failTexts(null);
    expect(hub.outside.at(email)).toEqual([expect.stringContaining('您的报案已于')]);
    const [notice] = await noticesOf(number);
    expect(notice).toMatchObject({ state: 'told', channel: 'email' });
    const why = (await hub.get<NoticeWhy>(`/api/notices/${notice!.noticeId}`, adjuster)).body;
    expect(why.attempts.map(({ channel, state }) => `${channel} ${state}`)).toEqual(['twilio-sms undeliverable', 'email accepted']);
    await hub.settle();
    expect(hub.outside.at(email)).toHaveLength(1);
  });

  it('after a STOP in any words is told by mail, and says why not by text; one confirmation leaves', async () => {
    const { open, post, number, phone, email, externalId } = customer();
    await open();
    await hub.settle();
    await hub.outside.text(phone, '别再给我发短信了');
    await hub.outside.text(phone, '别再给我发短信了！');
    await hub.settle();
    expect(hub.outside.at(phone).slice(1)).toEqual([expect.stringContaining('已停止在此向您发送消息')]);
    await post({ stage: 'acknowledged' });
    await hub.settle();
    expect(hub.outside.at(phone)).toHaveLength(2);
    expect(hub.outside.at(email)).toEqual([expect.stringContaining('由理赔员Li Na负责')]);
    const notice = (await noticesOf(number)).find(({ code }) => code === 'handler_assigned')!;
    expect(notice).toMatchObject({
      state: 'told',
      channel: 'email',
      skipped: [expect.objectContaining({ channel: 'twilio-sms', reason: 'opted-out' })],
    });
    const [contact] = await hub.database.query<{ id: string }>({
      name: 'spec-contact',
      text: 'SELECT id FROM contacts WHERE external_id = $1',
      values: [externalId],
    });
    const consent = (await hub.get<ConsentLines>(`/api/contacts/${contact!.id}/consent`, adjuster)).body.items;
    expect(consent.find(({ purpose }) => purpose === 'service')).toMatchObject({
      channel: 'twilio-sms',
      state: 'opted-out',
      address: { value: phone },
    });
  });

  it('that nobody can be told of becomes a task of the handler', async () => {
    const { post, number } = customer();
    await post({
      stage: 'reported',
      handler: { externalId: 'adj-12' },
      parties: [{ externalId: `${number}-p`, role: 'policyholder', name: '无址' }],
    });
    await hub.settle();
    expect(await noticesOf(number)).toEqual([expect.objectContaining({ state: 'not-sent', reason: 'no-address' })]);
    expect(
      await hub.database.query({
        name: 'spec-tasks',
        text: 'SELECT kind, reason, owner_id IS NOT NULL AS owned FROM tasks WHERE claim_number = $1',
        values: [number],
      }),
    ).toEqual([{ kind: 'send-another-way', reason: 'no-address', owned: true }]);
  });

  it('about a third party bumper goes to the third party, or to their lawyer, never to the policyholder', async () => {
    const [holder, third, lawyer] = [customer(), customer(), customer()];
    const parties = [
      { externalId: holder.externalId, role: 'policyholder', name: '李伟', phone: holder.phone },
      { externalId: third.externalId, role: 'claimant', name: '王芳', phone: third.phone },
      { externalId: lawyer.externalId, role: 'attorney', name: 'Hu & Partners', kind: 'organisation', phone: lawyer.phone, language: 'en' },
    ];
    await holder.post({
      stage: 'decided',
      subStatus: 'approved_full',
      parties,
      exposures: [
        { externalId: 'own', kind: 'collision', party: holder.externalId, stage: 'decided' },
        { externalId: 'bumper', kind: 'property', party: third.externalId, stage: 'decided' },
      ],
    });
    await hub.settle();
    expect([hub.outside.at(holder.phone).length, hub.outside.at(third.phone).length]).toEqual([1, 0]);
    await holder.post({ stage: 'payment', subStatus: 'issued', exposure: { externalId: 'bumper' } });
    await hub.settle();
    expect([hub.outside.at(holder.phone).length, hub.outside.at(third.phone)]).toEqual([1, [expect.stringContaining('赔款已支付')]]);
    await holder.post({ parties: [{ externalId: third.externalId, role: 'claimant', representedBy: lawyer.externalId }] });
    await holder.post({ stage: 'payment', subStatus: 'failed', exposure: { externalId: 'bumper' } });
    await hub.settle();
    expect([hub.outside.at(third.phone).length, hub.outside.at(lawyer.phone)]).toEqual([
      1,
      [expect.stringContaining('Dear Hu & Partners')],
    ]);
  });

  it('three times in a minute is one notice where the catalogue says digest, and one at night waits for the morning', async () => {
    const { open, post, phone } = customer();
    await open();
    await post({ stage: 'acknowledged' });
    await hub.settle();
    await post({ stage: 'documents', facts: { itemCount: '1' } });
    await post({ stage: 'documents', subStatus: 'second_list', facts: { itemCount: '2' } });
    await post({ stage: 'documents', facts: { itemCount: '3' } });
    await hub.settle();
    expect(hub.outside.at(phone)).toHaveLength(2);
    await hub.pass(10 * 60_000);
    expect(hub.outside.at(phone).slice(2)).toEqual([expect.stringContaining('需补充3份')]);
    // Eleven in the evening.
    await hub.pass(7 * 3_600_000 - 10 * 60_000);
    await post({ stage: 'investigation' });
    await hub.settle();
    expect(hub.outside.at(phone)).toHaveLength(3);
    await hub.pass(9 * 3_600_000);
    expect(hub.outside.at(phone).slice(3)).toEqual([expect.stringContaining('查勘审核中')]);
  });
});

describe('the door of the claim core', () => {
  const bearer = () => ({ authorization: `Bearer ${hub.apiKey}` });

  it('refuses strangers, wrong keys and people without the right', async () => {
    const one = event('door-1', { claimNumber: 'DOOR-1', version: 1, stage: 'reported' });
    expect((await hub.post('/api/claim-events', one)).status).toBe(401);
    expect((await hub.post('/api/claim-events', one, { headers: { authorization: 'Bearer clk_wrong' } })).status).toBe(401);
    expect((await hub.post('/api/claim-events', one, { as: adjuster })).status).toBe(401);
    expect((await hub.post('/api/claims/import', '{}', { as: adjuster })).status).toBe(403);
    for (const path of ['/api/claims', '/api/claims/X', '/api/claims/X/timeline', '/api/templates'])
      expect((await hub.get(path)).status).toBe(401);
  });

  it('takes binary and batched events, and says in what is wrong with one', async () => {
    const binary = {
      ...bearer(),
      'ce-specversion': '1.0',
      'ce-id': 'bin-1',
      'ce-source': '/claim%20core',
      'ce-type': 't',
      'ce-subject': 'BIN-1',
    };
    expect(await hub.post('/api/claim-events', { version: 1, stage: '报案' }, { headers: binary })).toMatchObject({
      status: 202,
      body: { id: 'bin-1', outcome: 'applied' },
    });
    const batch = [
      event('batch-1', { claimNumber: 'BATCH-1', version: 1, stage: 'reported' }),
      event('batch-2', { claimNumber: 'BATCH-2', version: 1, stage: '未知阶段' }),
    ];
    const type = { ...bearer(), 'content-type': 'application/cloudevents-batch+json' };
    expect(await hub.post('/api/claim-events', batch, { headers: type })).toMatchObject({
      status: 202,
      body: [{ outcome: 'applied' }, { id: 'batch-2', outcome: 'unknown-stage' }],
    });
    expect(await hub.post('/api/claim-events', [event('batch-3', { version: -1 })], { headers: type })).toMatchObject({
      status: 422,
      body: { code: 'invalid', fields: expect.arrayContaining([{ path: '0.data.claimNumber', problem: expect.any(String) }]) },
    });
    expect(await hub.post('/api/claim-events', 'not json', { headers: bearer() })).toMatchObject({
      status: 400,
      body: { code: 'malformed' },
    });
    expect((await hub.post('/api/claim-events', 'x', { headers: { ...bearer(), 'content-type': 'text/plain' } })).status).toBe(415);
    expect(
      (
        await hub.post(
          '/api/claim-events',
          event('fat', {
            claimNumber: 'FAT-1',
            version: 1,
            stage: 'reported',
            lossDate: '2026-99-99',
            unheard: { of: [1, 2] },
            note: 'a\u0000b',
          }),
          { headers: bearer() },
        )
      ).status,
    ).toBe(202);
  });

  it('answers the handshake and knows the claim core by its signature', async () => {
    const hello = await fetch(`${hub.url}/api/claim-events`, {
      method: 'OPTIONS',
      headers: { 'webhook-request-origin': 'core.example.test' },
    });
    expect([hello.status, hello.headers.get('webhook-allowed-origin')]).toEqual([200, 'core.example.test']);
    expect((await hub.post('/api/claim-events/secrets', {}, { as: adjuster })).status).toBe(403);
    const { body } = await hub.post<{ secret: string }>('/api/claim-events/secrets', {}, { as: administrator });
    await hub.post('/api/claim-events/secrets', {}, { as: administrator });
    const text = JSON.stringify(event('signed-1', { claimNumber: 'SIGNED-1', version: 1, stage: 'reported' }));
    const stamp = String(Math.floor(Date.now() / 1000));
    const mac = createHmac('sha256', Buffer.from(body.secret.slice('whsec_'.length), 'base64'))
      .update(`m1.${stamp}.${text}`)
      .digest('base64');
    const headers = { 'webhook-id': 'm1', 'webhook-timestamp': stamp, 'webhook-signature': `v1,${mac}` };
    expect((await hub.post('/api/claim-events', text, { headers })).status).toBe(202);
    expect((await hub.post('/api/claim-events', text.replace('SIGNED-1', 'SIGNED-2'), { headers })).status).toBe(401);
    expect(
      (await hub.post('/api/claim-events', text, { headers: { ...headers, 'webhook-timestamp': String(Number(stamp) - 3600) } })).status,
    ).toBe(401);
    const stored = await hub.database.query({
      name: 'spec-secrets',
      text: `SELECT value::text FROM settings WHERE key = 'claims.webhook-secrets'`,
      values: [],
    });
    expect(JSON.stringify(stored)).not.toContain(body.secret.slice(6, 20));
  });

  it('loads claims in bulk, twice to the same end, and names the lines it cannot read', async () => {
    const lines = [
      ...Array.from({ length: 600 }, (_, i) =>
        JSON.stringify({
          claimNumber: `LOAD-${i}`,
          version: 3,
          stage: '定损',
          plate: `粤B${20_000 + i}`,
          jurisdiction: 'CN',
          parties: [{ externalId: `load-${i}`, role: 'policyholder', name: `赵${i}`, phone: `1391234${String(i).padStart(4, '0')}` }],
        }),
      ),
      '{ broken',
      JSON.stringify({ claimNumber: 'LOAD-X', version: 'three' }),
      JSON.stringify({ claimNumber: 'LOAD-Y', version: 1, stage: '某某' }),
      '',
    ];
    const load = () =>
      hub.post<object>('/api/claims/import', lines.join('\n'), { headers: { ...bearer(), 'content-type': 'application/x-ndjson' } });
    expect(await load()).toMatchObject({
      status: 200,
      body: {
        read: 603,
        applied: 600,
        unchanged: 0,
        errors: [
          { line: 601, field: '' },
          { line: 602, field: 'version' },
          { line: 603, field: 'stage', problem: '某某' },
        ],
      },
    });
    expect(await load()).toMatchObject({ body: { read: 603, applied: 0, unchanged: 600 } });
    const found = await hub.get<ClaimList>(`/api/claims?q=${encodeURIComponent('粤B20042')}`, adjuster);
    expect(found.body.items).toEqual([expect.objectContaining({ number: 'LOAD-42', who: '赵42' })]);
    const claim = (await hub.get<Claim>('/api/claims/LOAD-42', adjuster)).body;
    expect(claim.parties[0]!.contact).toMatchObject({ name: '赵42' });
    await hub.settle();
    expect(hub.outside.at('+8613912340042')).toEqual([]);
  }, 60_000);
});

describe('templates over HTTP', () => {
  it('are listed, refused by the copy rules, published and used from then on', async () => {
    const publish = (body: object, as = administrator) =>
      hub.post<Record<string, unknown>>('/api/templates/claim_closed/versions', { language: 'zh-CN', ...body }, { as });
    expect((await publish({ body: '【{{ brand }}】x' }, adjuster)).status).toBe(403);
    expect(await publish({ body: '保证赔付' })).toMatchObject({
      status: 422,
      body: { fields: expect.arrayContaining([expect.objectContaining({ path: 'body' })]) },
    });
    expect(await publish({ body: '【{{ brand }}】案件{{ claimRef }}办结' })).toMatchObject({ status: 201, body: { version: 2 } });
    const versions = await hub.get<{ items: { version: number; body: string }[] }>(
      '/api/templates/claim_closed/versions?language=zh-CN',
      adjuster,
    );
    expect(versions.body.items.map(({ version }) => version)).toEqual([2, 1]);
    expect(versions.body.items[0]!.body).toBe('【{{ brand }}】案件{{ claimRef }}办结');
    const { post, open, phone } = customer();
    await open();
    await post({ stage: 'closed', subStatus: 'withdrawn' });
    await hub.settle();
    expect(hub.outside.at(phone)[1]).toMatch(/【安和保险】案件\*\S+办结$/);
  });

  it('are filled in for a conversation', async () => {
    const { open, number } = customer();
    await open();
    await hub.settle();
    const [row] = await hub.database.query<{ id: string }>({
      name: 'spec-thread',
      text: 'SELECT id FROM conversations WHERE claim_number = $1',
      values: [number],
    });
    expect(
      await hub.post('/api/templates/status/render', { conversation: row!.id, channel: 'twilio-sms' }, { as: adjuster }),
    ).toMatchObject({ status: 200, body: { language: 'zh-CN', text: expect.stringContaining('已报案') } });
    const draft = { subject: null, body: '{{ brand }}：草稿' };
    expect(
      await hub.post('/api/templates/status/render', { conversation: row!.id, channel: 'twilio-sms', draft }, { as: adjuster }),
    ).toMatchObject({ status: 200, body: { language: 'zh-CN', text: '安和保险：草稿' } });
    expect(
      await hub.post('/api/templates/nothing/render', { conversation: row!.id, channel: 'twilio-sms' }, { as: adjuster }),
    ).toMatchObject({ status: 404 });
    expect(
      await hub.post('/api/templates/offer_ready/render', { conversation: number, channel: 'twilio-sms' }, { as: adjuster }),
    ).toMatchObject({ status: 422 });
  });
});
