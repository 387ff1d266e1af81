import type { CallPhase, CallStep } from '@claimline/messages';
import { openPhoneHub, type PhoneHub } from './testing/phone-hub';

let hub: PhoneHub;
let calls = 0;
beforeAll(async () => {
  hub = await openPhoneHub();
  // Monday, ten in the morning in Shanghai: the office is open.
  hub.clock.pass(18 * 3_600_000);
});
afterAll(() => hub.close());

const started: CallPhase = { is: 'started' };
const press = (digits: string): CallPhase => ({ is: 'input', digits });
const media = { key: 'RE1', url: 'https://api.twilio.com/RE1.mp3', contentType: 'audio/mpeg', durationSeconds: 7 };
const recorded: CallPhase = { is: 'recorded', seconds: 7, media };
const transcribed: CallPhase = { is: 'transcribed', recording: 'RE1', text: 'I was rear-ended on Main Street' };
const ended: CallPhase = { is: 'ended', outcome: 'completed', seconds: 31 };

/** A new caller's call; each phase is an event of its own. */
function caller(): { id: string; phone: string; tell(...phases: CallPhase[]): Promise<readonly CallStep[]> } {
  const id = `CA${++calls}`;
  const phone = `+86139000${String(10_000 + calls)}`;
  let turn = 0;
  return {
    id,
    phone,
    async tell(...phases) {
      let steps: readonly CallStep[] = [];
      for (const phase of phases) {
        const key = phase.is === 'input' ? `${id}:input:${++turn}` : `${id}:${phase.is}`;
        steps = (await hub.tell(id, phase, { key, from: { scheme: 'tel', scope: '', value: phone } })).steps ?? [];
      }
      return steps;
    },
  };
}
const row = async (id: string) => (await hub.sql('SELECT * FROM calls WHERE external_id = $1', [id]))[0];
const place = async (id: string) =>
  (await hub.sql('SELECT c.* FROM conversations c JOIN calls l ON l.conversation_id = c.id WHERE l.external_id = $1', [id]))[0];
const told = async (id: string) =>
  (
    await hub.sql(`SELECT payload->>'phase' AS phase FROM outbox WHERE type = 'call.changed' AND payload->>'callId' = $1 ORDER BY n`, [id])
  ).map(({ phase }) => phase);
const logged = async (id: string) =>
  (
    await hub.sql(
      `SELECT payload->>'phase' AS phase FROM event_log WHERE type = 'call.changed' AND payload->>'callId' = $1 ORDER BY position`,
      [id],
    )
  ).map(({ phase }) => phase);
const tasks = async (id: string) =>
  hub.sql(`SELECT t.* FROM tasks t JOIN calls l ON t.key = 'missed-call:' || l.id WHERE l.external_id = $1 ORDER BY t.id`, [id]);

test('a call has its entry from the first ring, in a conversation that does not wait for an answer yet', async () => {
  const call = caller();
  const steps = await call.tell(started);
  expect(steps).toEqual([expect.objectContaining({ do: 'gather', mark: 'language', digits: 1 })]);
  const [entry, ...others] = await hub.entries(call.id);
  expect(others).toEqual([]);
  expect(entry).toMatchObject({ direction: 'inbound', kind: 'call', channel: 'twilio-voice', from: call.phone, text: '' });
  expect(entry!.call).toEqual({ outcome: 'in-progress', seconds: null, missed: false });
  expect(await place(call.id)).toMatchObject({ awaiting_reply: false, status: 'open', channel: 'twilio-voice', language: null });
});

test('the chosen language is that of the call, of the conversation and of the callback; one that was not chosen is none', async () => {
  const [chinese, silent] = [caller(), caller()];
  await chinese.tell(started, press('2'), ended);
  await silent.tell(started, press(''), ended);
  await hub.follow();
  expect(await row(chinese.id)).toMatchObject({ language: 'zh-CN' });
  expect(await place(chinese.id)).toMatchObject({ language: 'zh-CN' });
  expect((await tasks(chinese.id))[0].params).toMatchObject({ language: 'zh-CN' });
  expect(await row(silent.id)).toMatchObject({ language: null });
  expect(await place(silent.id)).toMatchObject({ language: null });
});

test('a voicemail is an attachment with a transcript, whose words are the entry, are found, and are understood', async () => {
  const call = caller();
  await call.tell(started, press('1'), press('1'), recorded, ended, transcribed);
  await hub.follow();
  const [entry] = await hub.entries(call.id);
  expect(entry).toMatchObject({ text: 'I was rear-ended on Main Street', call: { outcome: 'voicemail', seconds: 31, missed: true } });
  expect(entry!.attachments).toEqual([
    expect.objectContaining({ contentType: 'audio/mpeg', duration: 7, state: 'pending', transcript: 'I was rear-ended on Main Street' }),
  ]);
  const conversation = await place(call.id);
  expect(conversation).toMatchObject({ awaiting_reply: true, preview: 'I was rear-ended on Main Street' });
  expect(conversation.labels).toEqual(expect.arrayContaining(['new-loss', 'motor']));
  expect(await hub.sql('SELECT 1 FROM message_words WHERE message_id = $1 AND words @@ $2::tsquery', [entry!.id, 'rear'])).toHaveLength(1);
  expect(await tasks(call.id)).toEqual([expect.objectContaining({ kind: 'callback', state: 'open', conversation_id: conversation.id })]);
});

test.each([
  ['the file before the call goes on', [recorded, ended, transcribed]],
  ['the file after the call has ended', [ended, recorded, transcribed]],
  ['the words before the file', [ended, transcribed, recorded]],
])('a voicemail is the same with %s', async (_, phases) => {
  const call = caller();
  await call.tell(started, press('1'), press('1'), ...phases, recorded, ended);
  await hub.follow();
  const [entry, ...others] = await hub.entries(call.id);
  expect(others).toEqual([]);
  expect(entry).toMatchObject({ text: 'I was rear-ended on Main Street', call: { outcome: 'voicemail', seconds: 31 } });
  expect(entry!.attachments).toEqual([expect.objectContaining({ transcript: 'I was rear-ended on Main Street' })]);
  expect(await tasks(call.id)).toHaveLength(1);
  const asked = await hub.sql(`SELECT 1 FROM event_log WHERE type = 'message.received' AND payload->>'messageId' = $1`, [entry!.id]);
  expect(asked).toHaveLength(1);
});

test('who hangs up during the menu has called in vain: the conversation waits, is routed, and somebody is to call back', async () => {
  const call = caller();
  await call.tell(started, press('1'), ended);
  expect(await told(call.id)).toEqual(['started', 'input', 'missed']);
  await hub.follow();
  expect((await hub.entries(call.id))[0]!.call).toEqual({ outcome: 'missed', seconds: 31, missed: true });
  expect(await place(call.id)).toMatchObject({ awaiting_reply: true });
  const [task, ...others] = await tasks(call.id);
  expect(others).toEqual([]);
  expect(task).toMatchObject({ kind: 'callback', reason: 'missed-call', state: 'open' });
  expect(await hub.sql('SELECT 1 FROM routing_decisions WHERE conversation_id = $1', [task.conversation_id])).not.toHaveLength(0);
});

test('a caller who is put through has their answer: nothing waits, the clock has stopped, earlier callbacks are settled', async () => {
  const call = caller();
  await call.tell(started, press('1'), ended);
  await hub.follow();
  const running = async (id: string) =>
    hub.sql('SELECT 1 FROM clocks WHERE conversation_id = $1 AND ended_at IS NULL', [(await place(id)).id]);
  expect(await running(call.id)).not.toEqual([]);
  const again = { from: { scheme: 'tel', scope: '', value: call.phone } } as const;
  const id = `${call.id}-again`;
  for (const phase of [started, press('1'), { is: 'dialed', outcome: 'answered', seconds: 95 }, { ...ended, seconds: 120 }] as CallPhase[])
    await hub.tell(id, phase, again);
  await hub.follow();
  expect((await hub.entries(id))[0]!.call).toEqual({ outcome: 'answered', seconds: 95, missed: false });
  expect(await place(id)).toMatchObject({ awaiting_reply: false });
  expect(await tasks(call.id)).toEqual([expect.objectContaining({ state: 'canceled', outcome: 'customer-called' })]);
  expect(await tasks(id)).toEqual([]);
  expect(await running(id)).toEqual([]);
  expect(await logged(id)).toEqual(['started', 'input', 'dialed', 'answered']);
});

test('an event that comes again gets the same steps again, and changes nothing', async () => {
  const call = caller();
  const first: unknown[] = [];
  const phases: [string, CallPhase][] = [
    ['started', started],
    ['input:1', press('1')],
    ['input:2', press('3')],
    ['dialed', { is: 'dialed', outcome: 'no-answer' }],
    ['recorded', recorded],
    ['ended', ended],
  ];
  for (const [key, phase] of phases) first.push((await hub.tell(call.id, phase, { key: `${call.id}:${key}` })).steps);
  const before = await row(call.id);
  for (const [place, [key, phase]] of [...phases.entries()].reverse()) {
    const outcome = await hub.tell(call.id, phase, { key: `${call.id}:${key}` });
    expect(outcome).toEqual({ duplicate: true, steps: first[place] });
  }
  expect(await row(call.id)).toEqual(before);
  expect((await hub.entries(call.id))[0]!.attachments).toHaveLength(1);
});

test('whichever replicas take the events of a call, and however often at once, it has one entry and one answer to each', async () => {
  const call = caller();
  const over = { from: { scheme: 'tel', scope: '', value: call.phone } } as const;
  const begin = [started, ended, started, recorded, started, ended, recorded].map((phase) => hub.tell(call.id, phase, over));
  const outcomes = await Promise.all(begin);
  expect(outcomes.filter(({ duplicate }) => !duplicate)).toHaveLength(3);
  expect(outcomes[2]!.steps).toEqual(outcomes[0]!.steps);
  expect(outcomes[4]!.steps).toEqual(outcomes[0]!.steps);
  expect(await hub.entries(call.id)).toHaveLength(1);
  expect(await hub.sql(`SELECT 1 FROM messages WHERE from_value = $1`, [call.phone])).toHaveLength(1);
  expect(await hub.sql(`SELECT 1 FROM needs_look WHERE detail LIKE '%' || $1 || '%'`, [call.id])).toEqual([]);
  expect(await row(call.id)).toMatchObject({ outcome: 'voicemail' });
});
