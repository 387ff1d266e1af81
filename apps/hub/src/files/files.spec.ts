import { Attachments } from '@claimline/files';
import { JobRunner } from '@claimline/database';
import { tel } from '@claimline/messages';
import { createTransport } from 'nodemailer';
import sharp from 'sharp';
import { OutgoingFiles } from '../delivery/message-content';
import { FetchMedia } from '../flows/fetch-media';
import { openOutsideHub, type OutsideHub } from '../inbound/testing/outside-hub';
import { fileJobs } from './files.module';
import { ForgetFiles } from './forget-files';
import { StoredOutgoingFiles } from './outgoing-files';

let hub: OutsideHub;
let mei: { id: string; cookie: string };
beforeAll(async () => {
  hub = await openOutsideHub();
  await hub.mailbox('claims@insurer.test');
  mei = await hub.person('adjuster');
});
afterAll(() => hub.close());

const picture = (width = 900, height = 600): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: '#3a6ea5' } })
    .png()
    .toBuffer();
const get = (path: string, headers: Record<string, string> = {}, cookie: string | null = mei.cookie) =>
  hub.ask(cookie, 'GET', path, { headers });
const code = async (answer: Response): Promise<string> => ((await answer.json()) as { code: string }).code;

async function upload(
  name: string,
  content: Buffer,
  contentType = 'application/octet-stream',
  over: { cookie?: string | null; part?: string; headers?: Record<string, string> } = {},
): Promise<Response> {
  const form = new FormData();
  form.append(over.part ?? 'file', new Blob([new Uint8Array(content)], { type: contentType }), name);
  return hub.ask(over.cookie === undefined ? mei.cookie : over.cookie, 'POST', '/api/attachments', { body: form, headers: over.headers });
}

/** A mail with a file; the id of its attachment and of its conversation. */
async function mailed(name: string, content: Buffer | string, contentType?: string): Promise<{ id: string; conversation_id: string }> {
  const transport = createTransport({ host: '127.0.0.1', port: hub.smtpPort, ignoreTLS: true });
  const subject = `${name} ${Math.random().toString(36).slice(2, 8)}`;
  await transport.sendMail({
    from: 'wei@customer.test',
    to: 'claims@insurer.test',
    subject,
    text: 'a file',
    attachments: [{ filename: name, content, contentType }],
  });
  transport.close();
  const [row] = await hub.sql(
    'SELECT a.id, m.conversation_id FROM attachments a JOIN messages m ON m.id = a.message_id WHERE m.subject = $1',
    [subject],
  );
  return row;
}

test('an uploaded picture is what its bytes say, and has a small one', async () => {
  const answer = await upload('bumper.exe', await picture(), 'text/html');
  expect(answer.status).toBe(201);
  const file = (await answer.json()) as { id: string };
  expect(file).toMatchObject({ name: 'bumper.exe', contentType: 'image/png' });
  const shown = await get(`/api/attachments/${file.id}`);
  expect(Object.fromEntries(shown.headers)).toMatchObject({
    'content-type': 'image/png',
    'x-content-type-options': 'nosniff',
    'content-disposition': expect.stringMatching(/^inline/),
    'content-security-policy': expect.stringMatching(/sandbox$/),
    'cache-control': 'private, no-cache',
  });
  const small = await get(`/api/attachments/${file.id}/thumbnail`);
  expect(await sharp(Buffer.from(await small.arrayBuffer())).metadata()).toMatchObject({ format: 'webp', width: 480 });
  expect((await get(`/api/attachments/${file.id}`, { 'if-none-match': shown.headers.get('etag')! })).status).toBe(304);
});

test('an upload that is not sent yet is its uploader’s alone, and is given to one message only', async () => {
  const { id } = (await (await upload('estimate.pdf', Buffer.from('%PDF-1.7 estimate'))).json()) as { id: string };
  const colleague = await hub.person('supervisor');
  expect((await get(`/api/attachments/${id}`)).status).toBe(200);
  expect((await get(`/api/attachments/${id}`, {}, colleague.cookie)).status).toBe(404);
  const { conversation_id } = await mailed('question.txt', 'what does it cost?');
  const note = (cookie: string) =>
    hub.ask(cookie, 'POST', `/api/conversations/${conversation_id}/messages`, {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ kind: 'note', text: 'see the estimate', attachments: [id] }),
    });
  expect(await code(await note(colleague.cookie))).toBe('invalid');
  const noted = await note(mei.cookie);
  expect(noted.status).toBe(201);
  expect(((await noted.json()) as { attachments: unknown[] }).attachments).toMatchObject([
    { id, name: 'estimate.pdf', contentType: 'application/pdf', state: 'stored' },
  ]);
  expect((await get(`/api/attachments/${id}`, {}, colleague.cookie)).status).toBe(200);
  expect(await code(await note(mei.cookie))).toBe('invalid');
});

test.each([
  ['nothing', Buffer.alloc(0), 422],
  ['a test virus', Buffer.from(['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!', '$H+H*'].join(''), 'latin1'), 422],
  ['more than 25 MB', Buffer.alloc(25 * 1024 * 1024 + 1, 1), 413],
])('an upload of %s is refused', async (_what, content, status) => {
  expect((await upload('file.bin', content)).status).toBe(status);
});

test('strangers upload nothing, other pages upload nothing, and a part of another name is no file', async () => {
  expect((await upload('x.txt', Buffer.from('x'), 'text/plain', { cookie: null })).status).toBe(401);
  expect((await upload('x.txt', Buffer.from('x'), 'text/plain', { headers: { origin: 'https://evil.test' } })).status).toBe(403);
  expect((await upload('x.txt', Buffer.from('x'), 'text/plain', { part: 'picture' })).status).toBe(422);
  const json = await hub.ask(mei.cookie, 'POST', '/api/attachments', { headers: { 'content-type': 'application/json' }, body: '{}' });
  expect(json.status).toBe(415);
  const auditor = await hub.person('auditor');
  expect((await upload('x.txt', Buffer.from('x'), 'text/plain', { cookie: auditor.cookie })).status).toBe(403);
});

test('a page that claims to be a picture is downloaded, never shown', async () => {
  const { id } = await mailed('photo.jpg', '<html><script>steal()</script></html>', 'image/jpeg');
  const answer = await get(`/api/attachments/${id}`);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'text/html',
    'content-disposition': expect.stringMatching(/^attachment/),
    'x-content-type-options': 'nosniff',
    'content-security-policy': expect.stringMatching(/^default-src 'none'.*sandbox$/),
  });
  expect((await get(`/api/attachments/${id}/thumbnail`)).status).toBe(404);
});

test('what is in quarantine is opened by nobody, not even with a link', async () => {
  const { id } = await mailed('invoice.com', ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!', '$H+H*'].join(''));
  expect(await code(await get(`/api/attachments/${id}`))).toBe('not-allowed');
  expect((await fetch(hub.app.get(OutgoingFiles).link(id))).status).toBe(403);
});

test('a player gets the stretch of sound that it asks for', async () => {
  const sound = Buffer.concat([Buffer.from('#!AMR\n'), Buffer.alloc(1000, 3)]);
  const { id } = await mailed('voice.amr', sound, 'audio/amr');
  const part = await get(`/api/attachments/${id}`, { range: 'bytes=0-5' });
  expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, 'bytes 0-5/1006', '#!AMR\n']);
  expect((await (await get(`/api/attachments/${id}`, { range: 'bytes=-10' })).arrayBuffer()).byteLength).toBe(10);
  expect((await (await get(`/api/attachments/${id}`, { range: 'bytes=1000-' })).arrayBuffer()).byteLength).toBe(6);
  expect((await get(`/api/attachments/${id}`, { range: 'bytes=1006-' })).status).toBe(416);
  expect((await get(`/api/attachments/${id}`, { range: 'bytes=0-1,4-5' })).status).toBe(200);
  const head = await hub.ask(mei.cookie, 'HEAD', `/api/attachments/${id}`);
  expect([head.status, head.headers.get('content-length')]).toEqual([200, '1006']);
});

test('files of a restricted conversation, and of another brand, are not there for whom it is not there', async () => {
  const { id, conversation_id } = await mailed('secret.txt', 'special investigation');
  await hub.sql(`UPDATE conversations SET restricted_to = 'siu' WHERE id = $1`, [conversation_id]);
  const investigator = await hub.person('adjuster', { groups: ['siu'] });
  const elsewhere = await hub.person('adjuster', { groups: ['siu'], brands: ['01900000-0000-7000-8000-00000000aaaa'] });
  try {
    expect((await get(`/api/attachments/${id}`)).status).toBe(404);
    expect((await get(`/api/attachments/${id}`, {}, elsewhere.cookie)).status).toBe(404);
    expect((await get(`/api/attachments/${id}`, {}, null)).status).toBe(401);
    expect(await (await get(`/api/attachments/${id}`, {}, investigator.cookie)).text()).toBe('special investigation');
  } finally {
    await hub.sql('UPDATE conversations SET restricted_to = NULL WHERE id = $1', [conversation_id]);
  }
});

test('a signed link opens its file for anybody, until its time is over', async () => {
  const { id } = await mailed('policy.txt', 'page one');
  const link = hub.app.get(StoredOutgoingFiles).link(id);
  const answer = await fetch(link);
  expect([await answer.text(), answer.headers.get('x-content-type-options')]).toEqual(['page one', 'nosniff']);
  expect((await fetch(`${link.slice(0, -1)}${link.endsWith('a') ? 'b' : 'a'}`)).status).toBe(404);
  hub.clock.pass(3 * 3_600_000);
  expect((await fetch(link)).status).toBe(404);
});

describe('a photo that has to be fetched', () => {
  const mms = async (text: string, content: Buffer, name = 'photo.png') => {
    await hub.twilio.act(hub.line, {
      do: 'message',
      from: tel('+15550101001'),
      text,
      media: [{ name, contentType: 'image/png', content }],
    });
    const [row] = await hub.sql(
      'SELECT a.id, a.state, m.id AS message_id FROM attachments a JOIN messages m ON m.id = a.message_id WHERE m.text = $1',
      [text],
    );
    return row as { id: string; state: string; message_id: string };
  };
  const find = async (id: string) => (await hub.app.get(Attachments).find(hub.database, id))!;
  const told = (id: string) =>
    hub.sql(
      `SELECT payload->>'state' AS state, conversation_id FROM (SELECT payload, conversation_id, type FROM outbox UNION ALL SELECT payload, conversation_id, type FROM event_log) AS e WHERE type = 'attachment.changed' AND payload->>'attachmentId' = $1`,
      [id],
    );
  const fetch_ = (id: string) => hub.app.get(FetchMedia).run(id);

  test('the message is there before its photo, and the photo a moment later', async () => {
    const attachment = await mms('here is my car', await picture());
    expect(attachment.state).toBe('pending');
    expect(await code(await get(`/api/attachments/${attachment.id}`))).toBe('not-found');
    const runner = await JobRunner.start(hub.database, fileJobs(hub.app.get(FetchMedia), hub.app.get(ForgetFiles)), 2);
    while ((await find(attachment.id)).state === 'pending') await new Promise((resolve) => setTimeout(resolve, 50));
    await runner.stop();
    expect(await find(attachment.id)).toMatchObject({
      state: 'stored',
      content_type: 'image/png',
      problem: null,
      thumbnail_key: expect.any(String),
    });
    expect(await told(attachment.id)).toEqual([{ state: 'stored', conversation_id: expect.any(String) }]);
    expect((await get(`/api/attachments/${attachment.id}`)).status).toBe(200);
  });

  test('the vendor does not have it for five minutes, then it does: the photo arrives', async () => {
    const attachment = await mms('sent from the garage', await picture(50, 50));
    hub.twilio.misbehave({ how: 'media-404' });
    for (let minute = 0; minute < 5; minute++) {
      await fetch_(attachment.id);
      hub.clock.pass(60_000);
    }
    expect(await find(attachment.id)).toMatchObject({ state: 'pending', attempts: 5, problem: expect.stringContaining('404') });
    const [job] = await hub.sql(
      `SELECT max(run_at) - now() < interval '3 minutes' AS soon, count(*)::int AS waiting FROM graphile_worker.jobs WHERE task_identifier = 'fetch-media' AND run_at > now()`,
    );
    expect(job).toMatchObject({ soon: true });
    hub.twilio.misbehave(null);
    await fetch_(attachment.id);
    expect(await find(attachment.id)).toMatchObject({ state: 'stored', problem: null });
  });

  test('a photo that never comes is given up after a day, and says so', async () => {
    const attachment = await mms('the lost one', await picture(40, 40));
    hub.twilio.misbehave({ how: 'media-404' });
    await fetch_(attachment.id);
    hub.clock.pass(25 * 3_600_000);
    await fetch_(attachment.id);
    hub.twilio.misbehave(null);
    expect(await find(attachment.id)).toMatchObject({ state: 'failed' });
    expect(await told(attachment.id)).toMatchObject([{ state: 'failed' }]);
    await fetch_(attachment.id);
    expect((await find(attachment.id)).state).toBe('failed');
  });

  test('a photo that lies elsewhere than with the vendor is not fetched at all', async () => {
    const attachment = await mms('from elsewhere', await picture(30, 30));
    await hub.sql(`UPDATE attachments SET media = jsonb_set(media, '{url}', '"http://169.254.169.254/latest/meta-data"') WHERE id = $1`, [
      attachment.id,
    ]);
    await fetch_(attachment.id);
    expect(await find(attachment.id)).toMatchObject({ state: 'failed', file_id: null });
  });

  test('two workers with the same photo make one file and one event', async () => {
    const attachment = await mms('fetched twice', await picture(20, 20));
    await Promise.all([fetch_(attachment.id), fetch_(attachment.id)]);
    expect(await told(attachment.id)).toEqual([{ state: 'stored', conversation_id: expect.any(String) }]);
  });

  test('a redelivered message makes no second photo', async () => {
    const act = {
      do: 'message',
      from: tel('+15550101001'),
      text: 'redelivered',
      id: `MM${'7'.repeat(32)}`,
      media: [{ name: 'photo.png', contentType: 'image/png', content: await picture(10, 10) }],
    } as const;
    await hub.twilio.act(hub.line, act);
    await hub.twilio.act(hub.line, act);
    expect(
      await hub.sql(`SELECT a.id FROM attachments a JOIN messages m ON m.id = a.message_id WHERE m.text = 'redelivered'`),
    ).toHaveLength(1);
  });
});
