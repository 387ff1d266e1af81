import { newId, type Queries, type Transaction } from '@claimline/database';
import type { Suppression, SurveyQuestion } from './survey';
import type { InvitationState, InvitedBy, NewAnswers, SurveyInvitation } from './survey.entity';
import type { Baselines } from './survey-report';

const INVITATION = `
  SELECT i.id, i.claim_id AS "claimId", i.claim_number AS "claimNumber", i.state, i.reason, i.contact_id AS "contactId", i.conversation_id AS "conversationId",
    i.address_id AS "addressId", i.channel, i.mode,
    jsonb_strip_nulls(jsonb_build_object('overall', r.overall, 'process', r.process, 'attitude', r.attitude, 'efficiency', r.efficiency, 'outcome', r.outcome)) AS scores
  FROM survey_invitations i LEFT JOIN survey_responses r ON r.invitation_id = i.id`;

/** Where invitations, responses and baselines are kept. */
export class SurveyStore {
  /** A claim has ended: somebody is asked later. A claim is asked about once, also when it ends a second time. */
  async plan(tx: Transaction, claim: { id: string; number: string }, times: { closedAt: Date; dueAt: Date }): Promise<void> {
    await tx.query({
      name: 'survey-plan',
      text: `INSERT INTO survey_invitations AS i (id, claim_id, claim_number, state, closed_at, due_at) VALUES ($1, $2, $3, 'planned', $4, $5)
             ON CONFLICT (claim_id) DO UPDATE SET state = 'planned', closed_at = excluded.closed_at, due_at = excluded.due_at, settled_at = NULL
             WHERE i.state = 'withdrawn'`,
      values: [newId(times.closedAt), claim.id, claim.number, times.closedAt, times.dueAt],
    });
  }

  /** The claim goes on: whoever was not asked yet is not asked. */
  async withdraw(tx: Transaction, claimId: string, at: Date): Promise<void> {
    const text = `UPDATE survey_invitations SET state = 'withdrawn', settled_at = $2 WHERE claim_id = $1 AND state = 'planned'`;
    await tx.query({ name: 'survey-withdraw', text, values: [claimId, at] });
  }

  /** What is to be asked by now, the longest waiting first. */
  async due(queries: Queries, now: Date, limit: number): Promise<string[]> {
    const text = `SELECT id FROM survey_invitations WHERE state = 'planned' AND due_at <= $1 ORDER BY due_at, id LIMIT $2`;
    return (await queries.query<{ id: string }>({ name: 'survey-due', text, values: [now, limit] })).map(({ id }) => id);
  }

  async find(queries: Queries, id: string): Promise<SurveyInvitation | undefined> {
    const [row] = await queries.query<SurveyInvitation>({ name: 'survey-find', text: `${INVITATION} WHERE i.id = $1`, values: [id] });
    return row;
  }

  async lock(tx: Transaction, id: string): Promise<SurveyInvitation | undefined> {
    await tx.query({ name: 'survey-lock', text: 'SELECT 1 FROM survey_invitations WHERE id = $1 FOR UPDATE', values: [id] });
    return this.find(tx, id);
  }

  async hold(tx: Transaction, id: string, until: Date): Promise<void> {
    await tx.query({ name: 'survey-hold', text: 'UPDATE survey_invitations SET due_at = $2 WHERE id = $1', values: [id, until] });
  }

  async suppress(tx: Transaction, id: string, why: { reason: Suppression; contactId: string | null; at: Date }): Promise<void> {
    await tx.query({
      name: 'survey-suppress',
      text: `UPDATE survey_invitations SET state = 'suppressed', reason = $2, contact_id = $3, settled_at = $4 WHERE id = $1`,
      values: [id, why.reason, why.contactId, why.at],
    });
  }

  async invite(tx: Transaction, id: string, by: InvitedBy): Promise<void> {
    await tx.query({
      name: 'survey-invite',
      text: `UPDATE survey_invitations SET state = 'invited', contact_id = $2, conversation_id = $3, inbox_id = $4, address_id = $5, channel = $6, mode = $7,
               invited_at = $8, asked_at = $8, expires_at = $9 WHERE id = $1`,
      values: [id, by.contactId, by.conversationId, by.inboxId, by.addressId, by.channel, by.mode, by.at, by.expiresAt],
    });
  }

  /** The invitation that a short text from this address may answer; of several the last. Nothing is expected once a person has written in between. */
  async expecting(queries: Queries, from: { scheme: string; value: string; channel: string }): Promise<string | undefined> {
    const [row] = await queries.query<{ id: string }>({
      name: 'survey-expecting',
      text: `SELECT i.id FROM survey_invitations i JOIN addresses a ON a.id = i.address_id
             WHERE i.state = 'invited' AND i.channel = $3 AND i.mode IN ('sms', 'wechat', 'chat') AND a.scheme = $1 AND a.value = $2
               AND NOT EXISTS (SELECT FROM messages m JOIN conversations c ON c.id = m.conversation_id
                 WHERE c.contact_id = i.contact_id AND m.direction = 'outbound' AND m.author_id IS NOT NULL AND m.occurred_at > i.asked_at)
             ORDER BY i.invited_at DESC LIMIT 1`,
      values: [from.scheme, from.value, from.channel],
    });
    return row?.id;
  }

  /** The dialogues that go on with somebody: the next thing they say by themselves ends them. */
  async dialoguesOf(tx: Transaction, contactId: string): Promise<SurveyInvitation[]> {
    const text = `${INVITATION} WHERE i.contact_id = $1 AND i.state = 'invited' AND i.mode IN ('sms', 'wechat', 'chat')`;
    return tx.query<SurveyInvitation>({ name: 'survey-dialogues', text, values: [contactId] });
  }

  /** Writes answers into the one row of an invitation. A question that has an answer keeps the new one. */
  async answer(tx: Transaction, invitationId: string, answers: NewAnswers): Promise<string> {
    const { scores } = answers;
    const value = (question: SurveyQuestion): number | null => scores[question] ?? null;
    const [row] = await tx.query<{ id: string }>({
      name: 'survey-answer',
      text: `INSERT INTO survey_responses AS r (id, invitation_id, claim_id, claim_number, contact_id, conversation_id, handler_id, brand_id, mode, channel, language,
               overall, process, attitude, efficiency, outcome, comment, begun_at, answered_at, completed_at)
             SELECT $1, i.id, i.claim_id, i.claim_number, i.contact_id, i.conversation_id, cl.handler_id, cl.brand_id, $3, i.channel, coalesce(c.language, k.language),
               $4, $5, $6, $7, $8, $9, $10, $10, CASE WHEN $11 THEN $10::timestamptz END
             FROM survey_invitations i JOIN claims cl ON cl.id = i.claim_id JOIN contacts k ON k.id = i.contact_id LEFT JOIN conversations c ON c.id = i.conversation_id
             WHERE i.id = $2
             ON CONFLICT (invitation_id) DO UPDATE SET overall = coalesce(excluded.overall, r.overall), process = coalesce(excluded.process, r.process),
               attitude = coalesce(excluded.attitude, r.attitude), efficiency = coalesce(excluded.efficiency, r.efficiency),
               outcome = coalesce(excluded.outcome, r.outcome), comment = coalesce(excluded.comment, r.comment), mode = excluded.mode,
               answered_at = excluded.answered_at, completed_at = coalesce(r.completed_at, excluded.completed_at)
             RETURNING id`,
      values: [
        newId(answers.at),
        invitationId,
        answers.mode,
        value('overall'),
        value('process'),
        value('attitude'),
        value('efficiency'),
        value('outcome'),
        answers.comment,
        answers.at,
        answers.isComplete,
      ],
    });
    return row!.id;
  }

  /** The next question has gone out. */
  async asked(tx: Transaction, id: string, at: Date): Promise<void> {
    await tx.query({ name: 'survey-asked', text: 'UPDATE survey_invitations SET asked_at = $2 WHERE id = $1', values: [id, at] });
  }

  /** False: it was over already. */
  async settle(tx: Transaction, id: string, state: Extract<InvitationState, 'answered' | 'left'>, at: Date): Promise<boolean> {
    const text = `UPDATE survey_invitations SET state = $2, settled_at = $3 WHERE id = $1 AND state = 'invited' RETURNING id`;
    return (await tx.query({ name: 'survey-settle', text, values: [id, state, at] })).length > 0;
  }

  /** Ends what nobody has answered in its time. */
  async expire(queries: Queries, now: Date): Promise<number> {
    const text = `UPDATE survey_invitations SET state = 'expired', settled_at = $1 WHERE state = 'invited' AND expires_at <= $1 RETURNING id`;
    return (await queries.query({ name: 'survey-expire', text, values: [now] })).length;
  }

  /** Writes what later figures are measured against from that day on. The same day again replaces it. */
  async importBaselines(tx: Transaction, baselines: Baselines, of: { effectiveOn: string; at: Date; by: string | null }): Promise<void> {
    const questions = Object.keys(baselines) as SurveyQuestion[];
    await tx.query({
      name: 'survey-baselines',
      text: `INSERT INTO survey_baselines (question, effective_on, percent, imported_at, imported_by)
             SELECT question, $3::date, percent, $4, $5 FROM unnest($1::text[], $2::numeric[]) AS b(question, percent)
             ON CONFLICT (question, effective_on) DO UPDATE SET percent = excluded.percent, imported_at = excluded.imported_at, imported_by = excluded.imported_by`,
      values: [questions, questions.map((question) => baselines[question]), of.effectiveOn, of.at, of.by],
    });
  }

  /** The baseline that is in force on a day, and since when. */
  async baselines(queries: Queries, on: string): Promise<{ readonly percents: Baselines; readonly effectiveOn: string | null }> {
    const rows = await queries.query<{ question: SurveyQuestion; percent: string; day: string }>({
      name: 'survey-baselines-on',
      text: `SELECT DISTINCT ON (question) question, percent, to_char(effective_on, 'YYYY-MM-DD') AS day FROM survey_baselines WHERE effective_on <= $1::date
             ORDER BY question, effective_on DESC`,
      values: [on],
    });
    const days = rows.map(({ day }) => day).sort();
    return {
      percents: Object.fromEntries(rows.map(({ question, percent }) => [question, Number(percent)])),
      effectiveOn: days.at(-1) ?? null,
    };
  }
}
