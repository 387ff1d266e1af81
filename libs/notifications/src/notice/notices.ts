import type { Clock, Outbox, Queries, Transaction } from '@claimline/database';
import { spokenLanguage, type Language } from '@claimline/messages';
import { TemplateRefusal } from '../template/renderer';
import type { RenderedText, Templates } from '../template/templates';
import { follow, type DeliveryNews } from './follow';
import {
  afterwards,
  blankNotice,
  followedAll,
  forPerson,
  toSend,
  withNews,
  type FollowedUp,
  type NoticeForPerson,
  type NoticeToSend,
  type PlannedNotices,
} from './notice-draft';
import type { KnowledgeRepository } from './knowledge.repository';
import { changeOf, type NoticeRecord } from './notice-record';
import { wordsOf } from './notice-words';
import type { NoticesRepository } from './notices.repository';
import { planNotice, type NoticePlan } from './planner';
import { recipientOf } from './recipient';
import { NOTICE_RULES, OCCASION_RULES, rulesFor, type NoticeRule } from './rules';
import type { ChangeToTell, NoticeSituation } from './situation';

interface Drafted {
  readonly notice: NoticeRecord;
  readonly plan: NoticePlan;
  readonly rule: NoticeRule;
  readonly template: string;
}

/** A notice as it is to be kept, and what leaves with it. */
interface Decided {
  readonly notice: NoticeRecord;
  readonly send: NoticeToSend | null;
  /** What it says makes older ones of its kind needless. */
  readonly replaces: boolean;
}

// From here on a longer text may travel: a mail is not read over somebody's shoulder.
const FULLER = 'P2';
const ALREADY_TOLD = 'already-told';
// Nobody has to say these by telephone.
const NOBODY_NEEDED: readonly string[] = ['deceased', ALREADY_TOLD];

/** Only the ways that are private enough for the longer text: it must not fall back to an SMS. */
const privately = (plan: NoticePlan): NoticePlan =>
  plan.told ? { ...plan, steps: plan.steps.filter(({ privacy }) => privacy >= FULLER) } : plan;

/** Plans notices, keeps why, and follows them until they are told or given to a person. */
export class Notices {
  constructor(
    private readonly notices: NoticesRepository,
    private readonly templates: Templates,
    private readonly knowledge: KnowledgeRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Plans what a change calls for. The same change again calls for nothing. */
  plan(tx: Transaction, situation: NoticeSituation): Promise<PlannedNotices> {
    return this.planBy(tx, rulesFor(situation.change), situation);
  }

  /** Plans one notice of this code that somebody asked for. The same occasion (its `claimEventId`) again calls for nothing. */
  planOccasion(tx: Transaction, code: string, situation: NoticeSituation): Promise<PlannedNotices> {
    return this.planBy(
      tx,
      OCCASION_RULES.filter((rule) => rule.code === code),
      situation,
    );
  }

  private async planBy(tx: Transaction, rules: readonly NoticeRule[], situation: NoticeSituation): Promise<PlannedNotices> {
    const results: PlannedNotices[] = [];
    for (const rule of rules) {
      const drafted = await this.draft(tx, rule, situation);
      const decided = await this.decide(tx, drafted, situation);
      if (await this.notices.insert(tx, decided.notice)) results.push(await this.afterKeeping(tx, decided));
    }
    return {
      send: results.flatMap(({ send }) => send),
      forPeople: results.flatMap(({ forPeople }) => forPeople),
      cancel: results.flatMap(({ cancel }) => cancel),
    };
  }

  /** Notices that have waited long enough for more of the same. */
  dueDigests(queries: Queries, limit: number): Promise<{ id: string; claimNumber: string }[]> {
    return this.notices.dueDigests(queries, this.clock.now(), limit);
  }

  /** The change that a waiting notice is about, held; undefined when it has been told or replaced meanwhile. */
  async holdDigest(tx: Transaction, noticeId: string): Promise<ChangeToTell | undefined> {
    const notice = await this.notices.hold(tx, noticeId);
    return notice?.state === 'planned' && notice.digestUntil ? changeOf(notice) : undefined;
  }

  /** Tells a notice that has waited, as things stand now. */
  async planDigest(tx: Transaction, noticeId: string, situation: NoticeSituation): Promise<PlannedNotices> {
    const kept = (await this.notices.hold(tx, noticeId))!;
    const rule = NOTICE_RULES.find(({ code }) => code === kept.code)!;
    const drafted = await this.draft(tx, { ...rule, digestMinutes: 0 }, situation);
    const { id, key, createdAt } = kept;
    const decided = await this.decide(
      tx,
      { ...drafted, notice: { ...drafted.notice, id, key, createdAt, partyId: kept.partyId } },
      situation,
    );
    await this.notices.save(tx, decided.notice);
    return this.afterKeeping(tx, decided);
  }

  /** The message is in its thread and on its way. */
  async sent(
    tx: Transaction,
    noticeId: string,
    at: { readonly conversationId: string; readonly messageId: string; readonly deliveryId: string },
  ): Promise<void> {
    const notice = await this.notices.sent(tx, noticeId, at, this.clock.now());
    if (notice.step > 0) return;
    await this.outbox.append(tx, this.clock.now(), [
      {
        type: 'notice.planned',
        conversationId: at.conversationId,
        payload: { noticeId, claimNumber: notice.claimNumber, code: notice.code },
      },
    ]);
  }

  /** News of a delivery. Undefined: its message carries no notice. The caller holds the conversation. */
  async follow(tx: Transaction, messageId: string, news: DeliveryNews): Promise<FollowedUp | undefined> {
    const notice = await this.notices.holdByMessage(tx, messageId);
    if (!notice) return undefined;
    const up = follow({ ...notice, attempts: notice.trace.attempts, proof: notice.trace.proof?.deliveryId ?? null }, news);
    const heard = withNews(notice, news, this.clock.now());
    const next = afterwards(heard, up, { news, now: this.clock.now() });
    await this.notices.save(tx, next);
    if (next.settledAt && (next.state !== notice.state || next.reason !== notice.reason)) await this.settled(tx, next);
    return {
      fallback: up.then === 'fallback' ? { noticeId: notice.id, messageId, step: notice.plan[up.step]!, live: false } : null,
      forPerson: up.then === 'not-sent' && up.forPerson ? forPerson(next, up.reason) : null,
    };
  }

  /**
   * News of many deliveries, in their order, none of them of a failure: those are followed each by itself, because another way or a person may follow
   * from them. Of a message without a notice there is nothing to do.
   */
  async followAll(tx: Transaction, news: readonly (DeliveryNews & { readonly messageId: string })[]): Promise<void> {
    const now = this.clock.now();
    const held = await this.notices.holdByMessages(
      tx,
      news.map(({ messageId }) => messageId),
    );
    const heard = followedAll(held, news, now);
    await this.notices.saveNews(tx, heard);
    const before = new Map(held.map((notice) => [notice.id, notice]));
    await this.settled(tx, ...heard.filter((notice) => notice.settledAt && notice.state !== before.get(notice.id)!.state));
  }

  find(queries: Queries, id: string): Promise<NoticeRecord | undefined> {
    return this.notices.find(queries, id);
  }

  private async draft(tx: Transaction, rule: NoticeRule, situation: NoticeSituation): Promise<Drafted> {
    const now = this.clock.now();
    const recipient = recipientOf(rule, situation);
    const person = 'person' in recipient ? recipient.person : null;
    const known = await this.knowledge.of(tx, person);
    const language = spokenLanguage(person?.language ?? recipient.party?.language, situation.brand.defaultLanguage);
    const template = await this.templates.peek(tx, rule.code, language);
    const planned = planNotice(rule, situation, known, { now, privacy: template?.privacy ?? 'P1' });
    const isFuller = rule.fuller !== undefined && planned.told && planned.steps[0]!.privacy >= FULLER;
    const plan = isFuller ? privately(planned) : planned;
    const notice = blankNotice({ rule, situation, plan, known, language }, this.clock.now());
    return { plan, rule, template: isFuller ? rule.fuller : rule.code, notice };
  }

  /** What the notice will be, before it is written: whether it is new, only its key tells. */
  private async decide(tx: Transaction, { notice, plan, rule, template }: Drafted, situation: NoticeSituation): Promise<Decided> {
    const now = this.clock.now();
    if (!plan.told) return { notice: givenUp(notice, plan.reason, now), send: null, replaces: false };
    if (situation.toldAlready?.includes(notice.code)) return { notice: givenUp(notice, ALREADY_TOLD, now), send: null, replaces: false };
    if (rule.digestMinutes > 0) {
      const digestUntil = new Date(now.getTime() + rule.digestMinutes * 60_000);
      return { notice: { ...notice, digestUntil }, send: null, replaces: true };
    }
    const text = await this.write(tx, notice, { plan, situation, template });
    if (!text) return { notice: givenUp(notice, 'template-missing', now), send: null, replaces: true };
    const { code, language, version } = text;
    const sending: NoticeRecord = {
      ...notice,
      state: 'sending',
      language,
      templateVersion: version,
      heldUntil: plan.heldUntil,
      trace: { ...notice.trace, template: { code, language, version } },
    };
    return { notice: sending, send: toSend(sending, { plan, text, situation }), replaces: true };
  }

  /** The row is there and held: older ones make way, and whoever waits for it hears what became of it. */
  private async afterKeeping(tx: Transaction, { notice, send, replaces }: Decided): Promise<PlannedNotices> {
    const { cancel, earliest } = replaces ? await this.supersede(tx, notice) : { cancel: [], earliest: null };
    // It waits no longer than the one whose place it takes.
    if (notice.digestUntil && earliest && earliest < notice.digestUntil) await this.notices.save(tx, { ...notice, digestUntil: earliest });
    if (notice.state === 'not-sent') await this.settled(tx, notice);
    return { send: send ? [send] : [], forPeople: notice.state === 'not-sent' ? peopleFor(notice) : [], cancel };
  }

  private async write(
    tx: Transaction,
    notice: NoticeRecord,
    { plan, situation, template }: { plan: Extract<NoticePlan, { told: true }>; situation: NoticeSituation; template: string },
  ): Promise<RenderedText | undefined> {
    // One text serves the first way and its fallback: it is written for the more public of the two.
    const privacy = plan.steps
      .slice(0, 2)
      .map((step) => step.privacy)
      .sort()[0]!;
    const fill = (language: Language): Parameters<Templates['render']>[2] => ({
      language,
      privacy,
      words: { ...wordsOf({ ...situation, person: plan.person, language, privacy }), ...situation.words },
    });
    try {
      const language = (notice.language ?? situation.brand.defaultLanguage) as Language;
      return await this.templates.render(tx, template, fill(language));
    } catch (error) {
      if (error instanceof TemplateRefusal) return undefined;
      throw error;
    }
  }

  /** Older notices of the same kind to the same party that have not left: the newer one says what they would have said. */
  private async supersede(tx: Transaction, notice: NoticeRecord): Promise<{ cancel: string[]; earliest: Date | null }> {
    const older = (await this.notices.holdWaiting(tx, notice, this.clock.now())).filter(({ id }) => id !== notice.id);
    for (const old of older) {
      const settled: NoticeRecord = {
        ...old,
        state: 'not-sent',
        reason: 'superseded',
        digestUntil: null,
        heldUntil: null,
        settledAt: this.clock.now(),
        trace: { ...old.trace, supersededBy: notice.id },
      };
      await this.notices.save(tx, settled);
      await this.settled(tx, settled);
    }
    return {
      cancel: older.flatMap(({ messageId }) => messageId ?? []),
      earliest: older.map(({ digestUntil }) => digestUntil).find(Boolean) ?? null,
    };
  }

  private settled(tx: Transaction, ...notices: readonly NoticeRecord[]): Promise<void> {
    // Without a conversation, or with one whose row nobody here holds, the order does not matter.
    return this.outbox.append(
      tx,
      this.clock.now(),
      notices.map(({ id, claimNumber, code, state, reason, conversationId }) => {
        return { type: 'notice.settled', conversationId, payload: { noticeId: id, claimNumber, code, state, reason } };
      }),
    );
  }
}

const givenUp = (notice: NoticeRecord, reason: string, now: Date): NoticeRecord => ({
  ...notice,
  state: 'not-sent',
  reason,
  digestUntil: null,
  settledAt: now,
});

// Death stops everything, and what may be muted needs nobody to say it by telephone.
const peopleFor = (notice: NoticeRecord): NoticeForPerson[] =>
  notice.class === 'C' && !NOBODY_NEEDED.includes(notice.reason!) ? [forPerson(notice, notice.reason!)] : [];
