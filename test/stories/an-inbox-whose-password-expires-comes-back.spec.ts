import type { Inbox, Message, Task } from '@claimline/protocol';
import type { ConsoleClient } from '../world/console-client';
import { postMail } from '../world/mailer';
import { postSms } from '../world/twilio-sender';
import { until } from '../world/until';
import { World } from '../world/world';

let world: World;
let desk: ConsoleClient;
let administrator: ConsoleClient;

beforeAll(async () => {
  world = await World.open();
  [desk, administrator] = await Promise.all([world.signIn('supervisor'), world.signIn('administrator')]);
}, 240_000);
afterAll(() => world?.close());

const conversationOf = async (address: string): Promise<string> =>
  (await until(`a conversation of ${address}`, async () => (await desk.find(address)).items[0])).id;
const inboxOf = async (kind: string): Promise<Inbox> =>
  (await administrator.get<{ items: Inbox[] }>('/api/inboxes')).items.find((one) => one.kind === kind)!;
const stopped = (kind: string): Promise<Inbox> =>
  until(`the ${kind} inbox to stop`, async () => {
    const inbox = await inboxOf(kind);
    return inbox.state === 'stopped' ? inbox : undefined;
  });
const tasks = async (kind: string): Promise<Task[]> =>
  (await desk.get<{ items: Task[] }>('/api/tasks?view=all')).items.filter((one) => one.kind === kind);
const messageOf = async (id: string, text: string): Promise<Message | undefined> =>
  (await desk.thread(id)).items.find((one) => one.text === text);

test.each<[string, string, (who: string) => Promise<unknown>]>([
  ['twilio-sms', '+15550502001', (who) => postSms(world.sms, { from: who, text: 'hello' })],
  [
    'email',
    'expired@customers.test',
    (who) => postMail(world.mail.smtp, { from: who, to: world.mail.address, subject: 'hello', text: 'hello' }),
  ],
])(
  '%s: what could not leave waits in sight, somebody is asked to mend it, and then it leaves once',
  async (kind, who, write) => {
    await write(who);
    const id = await conversationOf(who);
    await world.sandbox.misbehave(kind, { how: 'unauthorized' });
    const words = ['said while the password was wrong', 'and this as well'];
    await desk.reply(id, words[0]!, { channel: kind });
    const inbox = await stopped(kind);
    expect(inbox.stoppedReason).toBeTruthy();
    await desk.reply(id, words[1]!, { channel: kind });
    for (const text of words) await until('the mark', async () => (await messageOf(id, text))?.delivery?.reason === 'inbox-stopped');
    const task = await until('a task', async () =>
      (await tasks('inbox-stopped')).find(({ params }) => JSON.stringify(params).includes(inbox.id)),
    );
    expect(task.state).toBe('open');
    expect(await world.outbox(who)).toEqual([]);

    // Customers are heard all the while.
    await write(who);
    await until(
      'what was written meanwhile',
      async () => (await desk.thread(id)).items.filter(({ direction }) => direction === 'inbound').length === 2,
    );

    await world.sandbox.misbehave(kind, null);
    const check = await administrator.call<{ ok: boolean }>('POST', `/api/inboxes/${inbox.id}/check`, {});
    expect(check.body).toMatchObject({ ok: true });
    expect((await administrator.call('PATCH', `/api/inboxes/${inbox.id}`, { state: 'active' })).status).toBe(200);
    await until('both to have left', async () => (await world.outbox(who)).length >= 2);
    await until('good marks', async () =>
      (await desk.thread(id)).items.every(({ delivery }) => !delivery || ['accepted', 'sent', 'delivered'].includes(delivery.state)),
    );
    expect((await world.outbox(who)).map(({ text }) => text)).toEqual(words);
    await until('the task to be off the list', async () => !(await tasks('inbox-stopped')).some((one) => one.id === task.id));
  },
  60_000,
);
