import { newId, Outbox, Wakeups } from '@claimline/database';
import { ComplaintClocks } from './complaint-clocks';
import type { ComplaintAct } from './complaint';
import type { ComplaintRecord } from './complaint.entity';
import { Complaints } from './complaints';
import { ComplaintStore } from './complaints.repository';
import { Stage, TEN } from '../testing/stage';

const DAY = 86_400_000;
const inDays = (days: number): Date => new Date(TEN.getTime() + days * DAY);
let stage: Stage;
let complaints: Complaints;
let clocks: ComplaintClocks;
const people: Record<'officer' | 'adjuster' | 'supervisor', string> = { officer: newId(TEN), adjuster: newId(TEN), supervisor: newId(TEN) };
const store = new ComplaintStore();

beforeAll(async () => {
  stage = await Stage.open();
  complaints = new Complaints(store, new Outbox(new Wakeups(stage.database, '')));
  clocks = new ComplaintClocks(stage.clocks);
  await stage.sql(`INSERT INTO brands VALUES ($1, 'anhe', 'Anhe', 'zh-CN', 'Asia/Shanghai', $2)`, [stage.brand.id, TEN]);
  for (const [name, id] of Object.entries(people))
    await stage.sql(`INSERT INTO accounts (id, email, name, password_hash, role, created_at) VALUES ($1, $2, $2, 'x', 'adjuster', $3)`, [
      id,
      name,
      TEN,
    ]);
});
afterAll(() => stage.close());

/** A draft against the adjuster, in a conversation of its own, with the customer's message. */
async function draft(): Promise<{ complaint: ComplaintRecord; messageId: string }> {
  const [contactId, conversationId, messageId] = [newId(TEN), newId(TEN), newId(TEN)];
  await stage.sql(`INSERT INTO contacts (id, kind, name, created_at) VALUES ($1, 'person', 'Li', $2)`, [contactId, TEN]);
  await stage.sql(
    `INSERT INTO conversations (id, contact_id, brand_id, channel, last_message_at, opened_at) VALUES ($1, $2, $3, 'email', $4, $4)`,
    [conversationId, contactId, stage.brand.id, TEN],
  );
  await stage.sql(
    `INSERT INTO messages (id, conversation_id, seq, direction, kind, text, occurred_at, received_at) VALUES ($1, $2, 1, 'inbound', 'text', 'I agree', $3, $3)`,
    [messageId, conversationId, TEN],
  );
  const complaint = await stage.in((tx) =>
    complaints.open(
      tx,
      {
        source: 'words',
        signals: ['complaint'],
        conversationId,
        messageId,
        contactId,
        brandId: stage.brand.id,
        claimId: null,
        channel: 'email',
        content: 'Nobody calls.',
        regulator: null,
        against: [people.adjuster],
        officerId: people.officer,
        openedBy: null,
        receivedAt: TEN,
      },
      TEN,
    ),
  );
  return { complaint: complaint!, messageId };
}

const take = (id: string, act: ComplaintAct, by = people.officer) => stage.in((tx) => complaints.take(tx, id, act, { id: by, at: TEN }));
const fails = (constraint: string) => expect.objectContaining({ message: expect.stringContaining(constraint) });

const WAY = (messageId: string): ComplaintAct[] => [
  { do: 'confirm', content: 'Nobody calls.', demand: null, against: [people.adjuster], representatives: 1, officerId: people.officer },
  { do: 'classify', category: 'other', regulator: null },
  { do: 'investigate', investigatorId: people.officer },
  { do: 'propose', text: 'We call.', rootCause: 'slow-answer', ownerId: people.officer, due: inDays(3) },
  { do: 'execute', agreement: 'agreed', messageId, routes: null },
  { do: 'follow-up' },
];

describe('a complaint in the database', () => {
  it('is one per conversation while it is open, numbered, and told in order', async () => {
    const { complaint } = await draft();
    const { contactId, conversationId } = complaint;
    expect(complaint.number).toMatch(/^CP-2026-\d{6}$/);
    const again = await stage.in((tx) =>
      complaints.open(tx, { ...complaint, contactId, conversationId, source: 'regulator', openedBy: null }, TEN),
    );
    expect(again).toBeUndefined();
    await take(complaint.id, { do: 'dismiss', reason: 'praise' });
    expect(await stage.events(conversationId)).toEqual(['complaint.opened', 'complaint.changed']);
  });

  it('goes to its end with a history of every step, and tells that it is closed', async () => {
    const { complaint, messageId } = await draft();
    for (const act of WAY(messageId)) expect(await take(complaint.id, act)).not.toHaveProperty('refused');
    expect(await take(complaint.id, { do: 'close' })).toEqual({ refused: 'outcome-missing' });
    await stage.in(async (tx) => {
      const now = (await complaints.lock(tx, complaint.id))!;
      await complaints.amend(
        tx,
        now,
        { outcomeMessageId: messageId, outcomeSentAt: TEN },
        { act: 'outcome-sent', by: { id: null, at: TEN } },
      );
    });
    await take(complaint.id, { do: 'close' });
    const steps = await stage.sql<{ act: string }>('SELECT act FROM complaint_steps WHERE complaint_id = $1 ORDER BY at, id', [
      complaint.id,
    ]);
    expect(steps.map(({ act }) => act).sort()).toEqual(
      ['open', 'confirm', 'classify', 'investigate', 'propose', 'execute', 'follow-up', 'outcome-sent', 'close'].sort(),
    );
    expect((await stage.events(complaint.conversationId)).at(-1)).toBe('complaint.closed');
  });

  it.each([
    ['nobody complained about investigates', 'UPDATE complaints SET investigator_id = against[1] WHERE id = $1', 'complaints_recusal'],
    ['nor is the officer', 'UPDATE complaints SET officer_id = against[1] WHERE id = $1', 'complaints_recusal'],
    [
      'nothing is carried out without an agreement',
      `UPDATE complaints SET state = 'executing', proposal = 'x', proposal_owner_id = officer_id WHERE id = $1`,
      'complaints_agreed',
    ],
    ['no agreement without its proof', `UPDATE complaints SET agreement = 'agreed' WHERE id = $1`, 'complaints_consent'],
    [
      'none without an outcome that left',
      `UPDATE complaints SET state = 'closed', proposal = 'x', proposal_owner_id = officer_id, agreement = 'decided_without_agreement', routes = 'court' WHERE id = $1`,
      'complaints_outcome',
    ],
    ['six do not speak for a group', 'UPDATE complaints SET representatives = 6 WHERE id = $1', 'representatives'],
    ['it is not opened a third time', 'UPDATE complaints SET reopened = 2 WHERE id = $1', 'reopened'],
  ])('holds by itself, whoever writes: %s', async (_, text, constraint) => {
    const { complaint } = await draft();
    await expect(stage.sql(text, [complaint.id])).rejects.toEqual(fails(constraint));
  });

  it('takes no paper from whoever is complained about', async () => {
    const { complaint } = await draft();
    const paper = { kind: 'note' as const, text: 'not me', messageId: null, attachmentId: null, at: TEN };
    await expect(stage.in((tx) => complaints.file(tx, complaint, { ...paper, authorId: people.adjuster }))).rejects.toEqual(
      fails('complained about'),
    );
    await stage.in((tx) => complaints.file(tx, complaint, { ...paper, authorId: people.officer }));
  });
});

describe('the clocks of a complaint', () => {
  const running = (id: string) => stage.in((tx) => clocks.running(tx, { id }));
  const placeOf = ({ conversationId }: ComplaintRecord) => ({ conversationId, claimId: null, brand: stage.brand });
  const begun = async (policy: string) => {
    const { complaint } = await draft();
    await stage.in((tx) => clocks.begin(tx, complaint, placeOf(complaint), policy));
    return complaint;
  };

  it('run from the receipt; in China there is no promise of progress', async () => {
    const china = await running((await begun('complaint.CN')).id);
    expect(china.map(({ policy }) => policy).sort()).toEqual(['complaint.CN', 'complaint.ack']);
    expect(new Set(china.map(({ startedAt }) => startedAt.getTime()))).toEqual(new Set([TEN.getTime()]));
    expect((await running((await begun('complaint.default')).id)).map(({ policy }) => policy).sort()).toEqual([
      'complaint.ack',
      'complaint.default',
      'complaint.progress',
    ]);
  });

  it('a receipt, a word of progress and an outcome end each their own, an ordinary answer ends none', async () => {
    const complaint = await begun('complaint.default');
    const place = placeOf(complaint);
    const answer = { at: inDays(0.1), messageId: 'm', by: 'person', written: true, noted: false, acknowledges: true } as const;
    await stage.in((tx) => stage.clocks.answered(tx, { ...place, claimId: null }, answer));
    expect(await running(complaint.id)).toHaveLength(3);
    const kept = (what: 'receipt' | 'progress' | 'outcome', at: Date) =>
      stage.in((tx) => clocks.kept(tx, complaint, place, { what, messageId: 'm', at }));
    await kept('receipt', inDays(0.2));
    await kept('progress', inDays(2));
    const left = await running(complaint.id);
    expect(left.map(({ policy, startedAt }) => [policy, startedAt])).toEqual([
      ['complaint.default', TEN],
      ['complaint.progress', inDays(2)],
    ]);
    await kept('outcome', inDays(3));
    expect(await running(complaint.id)).toEqual([]);
  });

  it('fifteen days may become thirty, then sixty with approval, never more; where the rule knows none, none', async () => {
    const complaint = await begun('complaint.CN');
    const extend = (extensions: number, approves: boolean) =>
      stage.in((tx) => clocks.extend(tx, { ...complaint, extensions }, { at: inDays(1), approves }));
    const daysOf = (answer: object) => ('until' in answer ? Math.floor(((answer.until as Date).getTime() - TEN.getTime()) / DAY) : answer);
    expect(daysOf(await extend(0, false))).toBe(30);
    expect(await extend(1, false)).toEqual({ refused: 'approval-needed' });
    expect(daysOf(await extend(1, true))).toBe(60);
    expect(await extend(2, true)).toEqual({ refused: 'no-extension' });
    const other = await begun('complaint.default');
    expect(await stage.in((tx) => clocks.extend(tx, other, { at: inDays(1), approves: true }))).toEqual({ refused: 'no-extension' });
  });

  it('warn at half and at four fifths of the way', async () => {
    const complaint = await begun('complaint.CN');
    const clock = (await running(complaint.id)).find(({ policy }) => policy === 'complaint.CN')!;
    const part = (share: number) => new Date(clock.startedAt.getTime() + (clock.deadline.getTime() - clock.startedAt.getTime()) * share);
    for (const share of [0.4, 0.51, 0.6, 0.81, 0.9]) await stage.in((tx) => stage.clocks.look(tx, clock.id, part(share)));
    const warned = (await stage.events(complaint.conversationId)).filter((type) => type === 'clock.warned');
    expect(warned).toHaveLength(2);
  });
});
