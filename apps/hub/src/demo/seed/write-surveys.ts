import type { Transaction } from '@claimline/database';

const DAY = 86_400_000;
// What the department knew before it began to ask by message.
const BASELINE = { overall: 75, process: 80, attitude: 78, efficiency: 72, outcome: 76 };
/** How many of a hundred are satisfied in the demo: better than the baseline in most, worse in how fast it goes. */
const SATISFIED = { overall: 79, process: 84, attitude: 86, efficiency: 69, outcome: 78 };
const QUESTIONS = Object.keys(SATISFIED) as (keyof typeof SATISFIED)[];

// The same every time: a number from 0 to 99 for each question of each response.
const luck = (question: string): string => `(abs(hashtext('${question}' || g)::bigint) % 100)`;
const score = (question: keyof typeof SATISFIED): string => {
  const [satisfied, h] = [SATISFIED[question], luck(question)];
  return `CASE WHEN ${h} < ${satisfied / 2} THEN 5 WHEN ${h} < ${satisfied} THEN 4 WHEN ${h} < ${satisfied + 10} THEN 3 WHEN ${h} < ${satisfied + 13} THEN 2 ELSE 1 END`;
};

const ANSWERS = `
  WITH closed AS (
    SELECT c.id, c.number, c.handler_id, c.brand_id, p.contact_id, row_number() OVER (ORDER BY c.number)::int AS n FROM claims c
      JOIN LATERAL (SELECT contact_id FROM claim_parties WHERE claim_id = c.id AND role = 'policyholder' LIMIT 1) AS p ON true WHERE c.stage = 'closed'
  ), asked AS (
    INSERT INTO survey_invitations (id, claim_id, claim_number, state, reason, contact_id, channel, mode, closed_at, due_at, invited_at, asked_at, expires_at, settled_at)
    SELECT gen_random_uuid(), id, number, state, reason, contact_id, CASE WHEN reason IS NULL THEN 'twilio-sms' END, CASE WHEN reason IS NULL THEN 'sms' END,
      at - interval '1 day', at, asked, asked, asked + interval '28 days', at + interval '1 hour'
    FROM (SELECT closed.*, $1::timestamptz - make_interval(hours => 20 + 30 * n) AS at,
            CASE WHEN n % 5 = 0 THEN 'suppressed' WHEN n % 5 = 4 THEN 'left' ELSE 'answered' END AS state,
            CASE WHEN n % 5 = 0 THEN (ARRAY['open-complaint', 'cool-down', 'unanswered-question', 'opted-out'])[1 + (n / 5) % 4] END AS reason,
            CASE WHEN n % 5 <> 0 THEN $1::timestamptz - make_interval(hours => 20 + 30 * n) END AS asked FROM closed) AS c
    RETURNING id, claim_id, state
  ), linked AS (
    SELECT a.id AS invitation_id, c.*, row_number() OVER (ORDER BY c.n) AS place FROM asked a JOIN closed c ON c.id = a.claim_id WHERE a.state = 'answered'
  ), people AS (SELECT array_agg(id ORDER BY id) AS ids FROM accounts WHERE role = 'adjuster')
  INSERT INTO survey_responses (id, invitation_id, claim_id, claim_number, contact_id, handler_id, brand_id, mode, channel, language, ${QUESTIONS.join(', ')}, comment, begun_at, answered_at, completed_at)
  SELECT gen_random_uuid(), l.invitation_id, l.id, coalesce(l.number, 'CLM-2026-' || lpad((300000 + g)::text, 6, '0')), l.contact_id,
    coalesce(l.handler_id, people.ids[1 + g % array_length(people.ids, 1)]), coalesce(l.brand_id, (SELECT id FROM brands ORDER BY created_at, id LIMIT 1)),
    CASE WHEN l.id IS NOT NULL THEN 'sms' ELSE (ARRAY['sms', 'sms', 'sms', 'sms', 'wechat', 'wechat', 'chat', 'mail', 'phone', 'phone'])[1 + g % 10] END,
    CASE WHEN l.id IS NOT NULL THEN 'twilio-sms' ELSE (ARRAY['twilio-sms', 'twilio-sms', 'twilio-sms', 'twilio-sms', 'wechat', 'wechat', 'web-chat', 'email', 'twilio-voice', 'twilio-voice'])[1 + g % 10] END,
    CASE WHEN g % 3 = 0 THEN 'en' ELSE 'zh-CN' END, ${QUESTIONS.map(score).join(', ')},
    CASE WHEN g % 17 = 0 THEN '希望能早一点告诉我进度。' WHEN g % 19 = 0 THEN 'Emma was very kind.' END, at, at, at
  FROM generate_series(1, 200) AS g CROSS JOIN people LEFT JOIN linked l ON l.place = g
  CROSS JOIN LATERAL (SELECT $1::timestamptz - make_interval(mins => g * 324 - 120) AS at) AS t`;

/** Forty-five days of answers from those whose claim has ended, and the baseline that they are measured against. */
export async function writeSurveys(tx: Transaction, now: Date): Promise<void> {
  const since = new Date(now.getTime() - 90 * DAY);
  await tx.query({
    name: 'seed-survey-baselines',
    text: `INSERT INTO survey_baselines (question, effective_on, percent, imported_at)
           SELECT key, $2::timestamptz::date, value::numeric, $2 FROM jsonb_each_text($1::jsonb)`,
    values: [JSON.stringify(BASELINE), since],
  });
  await tx.query({ name: 'seed-surveys', text: ANSWERS, values: [now] });
}
