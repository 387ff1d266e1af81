import { newId, type Transaction } from '@claimline/database';
import { Calendars, DEFAULT_CLOCK_POLICIES, startClock, type CalendarRecord } from '@claimline/quality';
import { Adjusters, chooseAdjuster, traceOf, WORK_TERMS, type Department, type Needs } from '@claimline/routing';
import { ON_LEAVE } from './cast';
import type { SeedRows } from './rows.repository';
import type { SeededThread } from './threads-ground';
import type { SeededStaff } from './write-people';

/** What is needed to write what lies on people's desks. */
export interface DeskGround {
  readonly tx: Transaction;
  readonly rows: SeedRows;
  readonly now: Date;
  readonly staff: SeededStaff;
}

const HOUR = 3_600_000;
// Claims of cars are served round the clock: the demo's clocks run whenever somebody looks at it.
const ALWAYS = Object.fromEntries(['1', '2', '3', '4', '5', '6', '7'].map((day) => [day, [{ from: '00:00', to: '24:00' }]]));

/** Puts the open threads on their adjusters' desks, with clocks that run and tasks that are due. */
export async function writeDesk(ground: DeskGround, threads: readonly SeededThread[]): Promise<void> {
  const open = threads.filter(({ thread }) => thread.status === 'open' && !thread.toFile);
  await writeDecisions(ground, open);
  await writeWork(ground, open);
  await writeClocks(
    ground,
    open.filter(({ waiting }) => waiting),
  );
  await writeTasks(ground, threads);
}

const workOf = ({ thread }: SeededThread): 'email' | 'async' => (thread.channel === 'email' ? 'email' : 'async');

async function writeWork({ tx, rows, staff }: DeskGround, open: readonly SeededThread[]): Promise<void> {
  const items = open.map((one) => workRow(staff, one));
  await rows.insert('work_items', items);
  await tx.query({
    name: 'seed-adjusters-used',
    text: `UPDATE adjusters SET used = held.units, capacity = greatest(capacity, held.units) FROM (SELECT account_id, sum(units_held)::int AS units FROM work_items WHERE state = 'reserved' GROUP BY account_id) held
           WHERE held.account_id = adjusters.account_id`,
    values: [],
  });
}

function workRow(staff: SeededStaff, one: SeededThread) {
  const { thread, waiting, last } = one;
  const work = workOf(one);
  const assigneeId = thread.assignee ? staff.accounts.get(thread.assignee.key)! : null;
  const standsIn = thread.claim?.handler.key === ON_LEAVE.key ? staff.accounts.get(ON_LEAVE.key)! : null;
  const { units, urgency } = WORK_TERMS[work];
  return {
    id: newId(last.at),
    conversation_id: one.id,
    state: assigneeId ? 'reserved' : 'waiting',
    work,
    units,
    units_held: assigneeId && waiting ? units : 0,
    priority: urgency,
    needs: needsOf(staff, one, assigneeId),
    place: new Date(last.at.getTime() - urgency * 60_000),
    account_id: assigneeId,
    stands_in_for: standsIn,
    returns: standsIn ? 'on-close' : null,
    enqueued_at: last.at,
    ring_since: last.at,
    next_ring_at: assigneeId ? null : last.at,
    reserved_at: assigneeId ? last.at : null,
    answered_at: waiting ? null : last.at,
  };
}

function needsOf(staff: SeededStaff, { thread, claim }: SeededThread, assigneeId: string | null): Needs {
  const ownerId = thread.claim ? staff.accounts.get(thread.claim.handler.key)! : null;
  return {
    brandId: staff.brandId,
    channel: thread.channel,
    language: thread.customer.language,
    line: thread.claim?.line ?? null,
    jurisdiction: thread.claim?.change.jurisdiction ?? null,
    claimNumber: claim?.number ?? null,
    restrictedTo: thread.claim?.change.flags?.includes('litigation') ? 'litigation' : null,
    recused: [],
    declined: [],
    authority: null,
    ownerId,
    coHandlerIds: [],
    assigneeId,
    standIn: null,
    lastHandler: null,
    labels: thread.labels,
  };
}

/** Why everybody has what they have: decided by the router's own rules, as if the whole department had been there. Who was given work otherwise has no trace. */
async function writeDecisions({ tx, rows, now, staff }: DeskGround, open: readonly SeededThread[]): Promise<void> {
  const adjusters = (await new Adjusters().department(tx)).map((adjuster) => ({ ...adjuster, presence: 'online' as const }));
  const leave = {
    accountId: staff.accounts.get(ON_LEAVE.key)!,
    delegateId: staff.accounts.get(ON_LEAVE.delegate)!,
    starts: new Date(now.getTime() - 90 * 24 * HOUR),
    ends: new Date(now.getTime() + 24 * HOUR),
    returns: 'on-close' as const,
  };
  const department: Department = { adjusters, absences: [leave] };
  await rows.insert(
    'routing_decisions',
    open.flatMap((one) => {
      const { at } = one.thread.messages[0]!;
      const work = workOf(one);
      const decision = chooseAdjuster(
        { work, units: WORK_TERMS[work].units, needs: needsOf(staff, one, null), ringSince: at },
        department,
        at,
      );
      if (!one.thread.assignee || decision.chosen !== staff.accounts.get(one.thread.assignee.key)) return [];
      const { ring, chosen } = decision;
      return [{ id: newId(at), conversation_id: one.id, cause: 'arrived', ring, chosen_id: chosen, trace: traceOf(decision), at }];
    }),
  );
}

async function writeClocks({ tx, rows, now }: DeskGround, waiting: readonly SeededThread[]): Promise<void> {
  const calendar = await new Calendars().put(tx, 'business', { timeZone: 'Asia/Shanghai', hours: ALWAYS, holidays: [], workdays: [] }, now);
  const clocks = waiting.map((one) => clockRow(one, calendar, now));
  await rows.insert('clocks', clocks);
  const due = clocks.map((clock) => ({
    id: clock.conversation_id,
    next_due_at: clock.deadline,
    next_due_kind: clock.policy.startsWith('first') ? 'first-response' : 'next-response',
  }));
  await tx.query({
    name: 'seed-next-due',
    text: `UPDATE conversations SET next_due_at = due.next_due_at, next_due_kind = due.next_due_kind FROM jsonb_populate_recordset(NULL::conversations, $1::jsonb) AS due WHERE conversations.id = due.id`,
    values: [JSON.stringify(due)],
  });
}

function clockRow(one: SeededThread, calendar: CalendarRecord, now: Date) {
  const turn = one.thread.messages.some(({ author, turn: { who } }) => author && who === 'out') ? 'next' : 'first';
  const policy = DEFAULT_CLOCK_POLICIES.find(({ id }) => id === `${turn}_response.${workOf(one)}`)!;
  const { terms, calendar: frozen, deadline, warnAt, startedAt } = startClock(policy, calendar, one.last.at);
  const breached = deadline <= now;
  return {
    id: newId(startedAt),
    policy: policy.id,
    policy_terms: { ...terms, calendar: frozen },
    calendar_id: calendar.id,
    conversation_id: one.id,
    claim_id: one.claim?.id,
    started_by: { message: one.lastMessageId },
    started_at: startedAt,
    deadline,
    warn_at: warnAt,
    state: breached ? 'breached' : 'running',
    warned: breached || (warnAt !== null && warnAt <= now),
    pauses: [],
    breached_at: breached ? deadline : null,
  };
}

/** What is to be done beside answering, by the customer it is about. */
const TASKS: readonly { readonly about: string; readonly kind: string; readonly reason?: string; readonly hours: number }[] = [
  { about: 'huang.lili', kind: 'callback', hours: 0.5 },
  { about: 'wang.fang', kind: 'follow-up', hours: 2 },
  { about: 'han.dong', kind: 'send-another-way', reason: 'unreachable', hours: -1 },
  { about: 'noah.bennett', kind: 'uncertain-send', reason: 'uncertain', hours: 1 },
  { about: 'xie.ting', kind: 'review-opt-out', hours: 5 },
  { about: 'zhu.yan', kind: 'follow-up', hours: 24 },
  { about: 'wu.xia', kind: 'follow-up', reason: 'complaint', hours: 6 },
  { about: 'olivia.hart', kind: 'callback', hours: 3 },
];

async function writeTasks({ rows, now, staff }: DeskGround, threads: readonly SeededThread[]): Promise<void> {
  const tasks = TASKS.flatMap(({ about, kind, reason, hours }) => {
    const one = threads.find(({ thread }) => thread.customer.key === about && thread.status === 'open' && !thread.shared);
    if (!one) return [];
    const owner = one.thread.assignee ? staff.accounts.get(one.thread.assignee.key)! : null;
    return [
      {
        id: newId(now),
        key: `demo ${kind} ${about}`,
        kind,
        reason,
        params: {},
        claim_id: one.claim?.id,
        claim_number: one.claim?.number,
        conversation_id: one.id,
        contact_id: one.contactId,
        owner_id: owner,
        due_at: new Date(now.getTime() + hours * HOUR),
        state: 'open',
        created_at: new Date(now.getTime() - 5 * HOUR),
      },
    ];
  });
  await rows.insert('tasks', tasks);
}
