import { newId } from '@claimline/database';
import { Settings } from '@claimline/people';
import { Calendars, DEFAULT_CLOCK_POLICIES, DEFAULT_REGULATORS, startClock } from '@claimline/quality';
import { COMPLAINANT, REGULATOR, DEMO_CUSTOMERS } from './cast';
import type { SeededThread } from './threads-ground';
import type { DeskGround } from './write-desk';

const DAY = 86_400_000;
const OFFICER = 'fang.hua';
const NAME = '金融消费投诉处理中心';

interface Past {
  readonly category: string;
  readonly rootCause: string;
  readonly daysAgo: number;
  readonly score: number;
  readonly reopened: number;
  readonly proposal: string;
}

/** What the department has behind it this month and the month before: enough for a report that says something. */
const PAST: readonly Past[] = [
  {
    category: 'claim_timeliness',
    rootCause: 'slow-answer',
    daysAgo: 12,
    score: 4,
    reopened: 0,
    proposal: '已由专人跟进，当日答复客户并说明后续时间安排。',
  },
  { category: 'claim_timeliness', rootCause: 'slow-answer', daysAgo: 9, score: 3, reopened: 0, proposal: '致歉并安排次日查勘。' },
  {
    category: 'service_quality',
    rootCause: 'unclear-words',
    daysAgo: 24,
    score: 5,
    reopened: 0,
    proposal: '重新解释理赔所需资料，并提供书面清单。',
  },
  { category: 'claim_amount', rootCause: 'assessment', daysAgo: 20, score: 2, reopened: 1, proposal: '复核定损金额，补付工时费差额。' },
  {
    category: 'claim_timeliness',
    rootCause: 'slow-answer',
    daysAgo: 6,
    score: 4,
    reopened: 0,
    proposal: '指定备岗人员，避免休假期间无人回复。',
  },
];

/** The complaint with the regulator in copy, as a draft on the officer's screen, and those that are over. */
export async function writeComplaints(ground: DeskGround, threads: readonly SeededThread[]): Promise<void> {
  const { tx, rows, now, staff } = ground;
  const demoRegulator = {
    domain: DEMO_CUSTOMERS.find(({ key }) => key === REGULATOR)?.email?.split('@')[1] ?? 'regulator.test',
    name: NAME,
  };
  await new Settings().write(tx, 'complaints', { regulators: [...DEFAULT_REGULATORS, demoRegulator] }, { at: now, by: null });
  const officerId = staff.accounts.get(OFFICER)!;
  const heard = threads.find(({ thread }) => thread.customer.key === COMPLAINANT && thread.labels.includes('regulator'));
  const past = threads.filter(({ thread, claim }) => thread.status === 'resolved' && claim && thread.assignee).slice(0, PAST.length);
  const complaints = past.map((one, place) => pastRow(ground, one, { place, officerId }));
  const draft = heard && draftRow(ground, heard, { place: PAST.length, officerId });
  await rows.insert('complaints', draft ? [...complaints, draft] : complaints);
  await rows.insert('complaint_steps', [
    ...complaints.flatMap((row) => stepsOf(row, officerId)),
    ...(draft ? [stepOf(draft, 'open', null, draft.opened_at)] : []),
  ]);
  await tx.query({ name: 'seed-complaint-numbers', text: `SELECT setval('complaint_numbers', $1)`, values: [PAST.length + 1] });
  if (heard && draft) await writeClocksAndTask(ground, heard, { id: draft.id, receivedAt: draft.received_at, officerId });
}

type Row = ReturnType<typeof row>;

function row({ staff, now }: DeskGround, one: SeededThread, about: { place: number; officerId: string; at: Date }) {
  const { thread } = one;
  const accused = thread.assignee ? [staff.accounts.get(thread.assignee.key)!] : [];
  return {
    id: newId(about.at),
    number: `CP-${now.getUTCFullYear()}-${String(about.place + 1).padStart(6, '0')}`,
    state: 'draft',
    source: 'words',
    signals: ['complaint'],
    conversation_id: one.id,
    message_id: one.lastMessageId as string | null,
    contact_id: one.contactId,
    brand_id: staff.brandId,
    claim_id: one.claim?.id,
    channel: thread.channel,
    content: '',
    demand: null as string | null,
    representatives: 1,
    regulator: null as string | null,
    category: null as string | null,
    root_cause: null as string | null,
    against: accused,
    officer_id: about.officerId,
    investigator_id: null as string | null,
    proposal: null as string | null,
    proposal_owner_id: null as string | null,
    proposal_due_at: null as Date | null,
    agreement: null as string | null,
    agreement_message_id: null as string | null,
    outcome_sent_at: null as Date | null,
    score: null as number | null,
    reopened: 0,
    extensions: 0,
    received_at: about.at,
    opened_at: about.at,
    ended_at: null as Date | null,
  };
}

function draftRow(ground: DeskGround, one: SeededThread, about: { place: number; officerId: string }): Row {
  const said = one.thread.messages.findLast(({ turn }) => turn.who === 'in') ?? one.last;
  const base = row(ground, one, { ...about, at: said.at });
  return { ...base, message_id: null, source: 'regulator', signals: ['regulator'], content: said.turn.text, regulator: NAME };
}

function pastRow(ground: DeskGround, one: SeededThread, about: { place: number; officerId: string }): Row {
  const was = PAST[about.place]!;
  const at = new Date(ground.now.getTime() - was.daysAgo * DAY);
  const after = (days: number): Date => new Date(at.getTime() + days * DAY);
  return {
    ...row(ground, one, { ...about, at }),
    state: 'closed',
    content: '客户对处理情况不满意，要求说明原因并尽快处理。',
    category: was.category,
    root_cause: was.rootCause,
    investigator_id: about.officerId,
    proposal: was.proposal,
    proposal_owner_id: about.officerId,
    proposal_due_at: after(3),
    agreement: 'agreed',
    agreement_message_id: one.lastMessageId,
    outcome_sent_at: after(4),
    score: was.score,
    reopened: was.reopened,
    ended_at: after(5),
  };
}

const stepOf = (complaint: Row, act: string, actor: string | null, at: Date) => ({
  id: newId(at),
  complaint_id: complaint.id,
  act,
  from_state: null as string | null,
  to_state: complaint.state,
  actor_id: actor,
  facts: {},
  at,
});

const stepsOf = (complaint: Row, officerId: string) => [
  { ...stepOf(complaint, 'open', null, complaint.opened_at), to_state: 'draft' },
  { ...stepOf(complaint, 'close', officerId, complaint.ended_at ?? complaint.opened_at), from_state: 'follow_up' },
];

async function writeClocksAndTask(
  { tx, rows, now }: DeskGround,
  one: SeededThread,
  complaint: { readonly id: string; readonly receivedAt: Date; readonly officerId: string },
): Promise<void> {
  const { receivedAt, officerId } = complaint;
  const calendar = await new Calendars().forBrand(tx, { id: '', timeZone: 'Asia/Shanghai' }, now);
  const clocks = ['complaint.CN', 'complaint.ack'].map((id) => {
    const policy = DEFAULT_CLOCK_POLICIES.find((rule) => rule.id === id)!;
    const { terms, calendar: frozen, deadline, warnAt } = startClock(policy, calendar, receivedAt);
    const breached = deadline <= now;
    return {
      id: newId(receivedAt),
      policy: id,
      policy_terms: { ...terms, calendar: frozen },
      calendar_id: calendar.id,
      conversation_id: one.id,
      claim_id: one.claim?.id,
      started_by: { complaint: complaint.id },
      started_at: receivedAt,
      deadline,
      warn_at: warnAt,
      state: breached ? 'breached' : 'running',
      warned: breached || (warnAt !== null && warnAt <= now),
      pauses: [],
      breached_at: breached ? deadline : null,
    };
  });
  await rows.insert('clocks', clocks);
  await rows.insert('tasks', [
    {
      id: newId(now),
      key: `complaint-draft:${complaint.id}`,
      kind: 'complaint-draft',
      reason: 'complaint',
      params: { complaint: complaint.id },
      claim_id: one.claim?.id,
      claim_number: one.claim?.number,
      conversation_id: one.id,
      contact_id: one.contactId,
      owner_id: officerId,
      due_at: clocks[1]!.deadline,
      state: 'open',
      created_at: receivedAt,
    },
  ]);
}
