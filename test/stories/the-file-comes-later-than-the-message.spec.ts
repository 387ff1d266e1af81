import type { Attachment, ConsoleEvent, Message } from '@claimline/protocol';
import type { ConsoleClient } from '../world/console-client';
import { postMail } from '../world/mailer';
import { until } from '../world/until';
import { World } from '../world/world';

let world: World;
let desk: ConsoleClient;

beforeAll(async () => {
  world = await World.open();
  desk = await world.signIn('supervisor');
}, 240_000);
afterEach(() => world.sandbox.misbehave('twilio-sms', null));
afterAll(() => world?.close());

// The test file that every virus scanner knows, in two parts so that none takes this source for it.
const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');
// One blue point.
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPj/HwAEAwH/AWN0cQAAAABJRU5ErkJggg==', 'base64');

const messageOf = async (address: string): Promise<Message> =>
  until(`a message of ${address}`, async () => {
    const [item] = (await desk.find(address)).items;
    return item && (await desk.thread(item.id)).items[0];
  });
const fileOf = (address: string, state: Attachment['state'], seconds?: number): Promise<Attachment> =>
  until(`a ${state} file of ${address}`, async () => (await messageOf(address)).attachments.find((one) => one.state === state), seconds);
const bytesOf = (file: Attachment): Promise<Response> => fetch(`${world.hub.url}/api/attachments/${file.id}`, { headers: desk.signedIn });
const mms = (from: string, text: string, file: { name: string; contentType: string; content: Buffer | string }): Promise<unknown> => {
  const { content, ...named } = file;
  return world.sandbox.act(
    { kind: 'twilio-sms' },
    { do: 'message', from, text, media: [{ ...named, base64: Buffer.from(content).toString('base64') }] },
  );
};

test('the vendor has not got the picture yet: the words are shown at once, the picture when it is there, and the console is told', async () => {
  const phone = '+15550501001';
  const socket = desk.socket();
  const heard: ConsoleEvent[] = [];
  socket.on('events', (batch: ConsoleEvent[]) => heard.push(...batch));
  await until('the socket', async () => socket.connected);
  await socket.emitWithAck('resume', { position: null });
  await world.sandbox.misbehave('twilio-sms', { how: 'media-404', times: 1 });

  const acted = (await mms(phone, 'A picture of my bumper', { name: 'bumper.png', contentType: 'image/png', content: PNG })) as {
    id: string;
    status: number;
  };
  expect(acted.status).toBe(200);
  const message = await messageOf(phone);
  expect(message).toMatchObject({ text: 'A picture of my bumper', attachments: [{ state: 'pending' }] });
  expect((await bytesOf(message.attachments[0]!)).status).not.toBe(200);

  // The vendor's redelivery is a duplicate and must not stop the file from being fetched.
  await world.sandbox.act({ kind: 'twilio-sms' }, { do: 'message', from: phone, text: 'A picture of my bumper', id: acted.id });
  const stored = await fileOf(phone, 'stored', 20);
  expect(stored.contentType).toBe('image/png');
  expect(Buffer.from(await (await bytesOf(stored)).arrayBuffer())).toEqual(PNG);
  await until('the console to be told', async () => heard.some(({ type }) => type === 'attachment.changed'));
  expect((await desk.find(phone)).items).toHaveLength(1);
  socket.close();
});

test('a virus is locked up, by whichever way it came; its message is read like any other', async () => {
  const [phone, mailbox] = ['+15550501002', 'infected@customers.test'];
  await mms(phone, 'The estimate', { name: 'estimate.pdf', contentType: 'application/pdf', content: EICAR });
  await postMail(world.mail.smtp, {
    from: mailbox,
    to: world.mail.address,
    subject: 'Estimate',
    text: 'The estimate',
    attachments: [{ filename: 'estimate.pdf', content: EICAR }],
  });
  for (const address of [phone, mailbox]) {
    const file = await fileOf(address, 'quarantined');
    expect((await messageOf(address)).text).toBe('The estimate');
    const refused = await bytesOf(file);
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(await refused.text()).not.toContain('EICAR');
  }
});

test('a page dressed as a picture is never shown as one, and nothing has no size', async () => {
  const phone = '+15550501003';
  await mms(phone, 'Look', { name: 'photo.jpg', contentType: 'image/jpeg', content: '<html><script>alert(1)</script></html>' });
  const shown = await bytesOf(await fileOf(phone, 'stored'));
  expect(shown.headers.get('content-type')).not.toMatch(/^image/);
  expect(shown.headers.get('content-security-policy')).toContain('sandbox');
  expect(shown.headers.get('content-disposition')).toMatch(/^attachment/);
  expect(shown.headers.get('x-content-type-options')).toBe('nosniff');
  const empty = 'empty.file@customers.test';
  await postMail(world.mail.smtp, {
    from: empty,
    to: world.mail.address,
    subject: 'Nothing',
    text: 'an empty file',
    attachments: [{ filename: 'nothing.txt', content: '' }],
  });
  expect((await messageOf(empty)).attachments).toMatchObject([{ name: 'nothing.txt', size: 0 }]);
});
