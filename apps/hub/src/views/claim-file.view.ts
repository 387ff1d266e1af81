import { visibleTo, visibleValues, type Viewer } from '@claimline/conversations';
import type { Queries } from '@claimline/database';
import type { Happening } from '../claim-file/hash-chain';

interface Row extends Omit<Happening, 'at'> {
  readonly at: Date;
}

/** A file that belongs to a claim: where its bytes lie. */
export interface FiledDocument {
  readonly id: string;
  readonly name: string;
  readonly storage_key: string;
  readonly sha256: string;
}

/** What is in a claim's file for a reader, and how much is not. */
export interface ClaimFileContent {
  readonly happenings: Happening[];
  readonly withheld: { readonly privileged: number; readonly restricted: number };
}

/**
 * Everything that happened to one claim, oldest first, for its file. Threads with our own counsel are in nobody's export (corrections.md §5);
 * what is restricted is there for those it is restricted to. Words stand as they are kept: masked numbers stay masked.
 */
export class ClaimFileView {
  constructor(private readonly queries: Queries) {}

  /** The caller has checked that the claim may be seen. */
  async content(viewer: Viewer, claim: { readonly id: string; readonly number: string }): Promise<ClaimFileContent> {
    const values = [claim.id, ...visibleValues(viewer)];
    const rows = await this.queries.query<Row>({ name: 'claim-file', text: FILE, values: [...values, claim.number] });
    const [withheld] = await this.queries.query<ClaimFileContent['withheld']>({ name: 'claim-file-withheld', text: WITHHELD, values });
    return { happenings: rows.map((row) => ({ ...row, at: row.at.toISOString() })), withheld: withheld! };
  }

  /** The stored files of the claim that this reader may have. */
  files(viewer: Viewer, claimId: string): Promise<FiledDocument[]> {
    return this.queries.query<FiledDocument>({ name: 'claim-file-files', text: FILES, values: [claimId, ...visibleValues(viewer)] });
  }
}

// The conversations of the claim that are for this reader's eyes and for an export.
const OURS = `FROM conversations c WHERE c.claim_id = $1 AND c.kind <> 'privileged' AND ${visibleTo('c', 2)}`;

const WITHHELD = `
  SELECT count(*) FILTER (WHERE c.kind = 'privileged')::int AS privileged, count(*) FILTER (WHERE c.kind <> 'privileged' AND NOT (${visibleTo('c', 2)}))::int AS restricted
  FROM conversations c WHERE c.claim_id = $1`;

const EVENTS = `
  SELECT e.id::text AS id, 'claim-event' AS kind, e.occurred_at AS at, jsonb_strip_nulls(jsonb_build_object('type', e.type, 'source', e.source, 'eventId', e.event_id, 'version', e.version,
    'stage', e.stage, 'previousStage', e.previous_stage, 'subStatus', e.sub_status, 'outcome', e.outcome, 'detail', e.detail, 'receivedAt', e.received_at, 'confirmedBy', e.confirmed_by)) AS facts
  FROM claim_events e WHERE e.claim_number = $4`;

const MESSAGES = `
  SELECT m.id::text, 'message', m.occurred_at, jsonb_strip_nulls(jsonb_build_object('conversation', m.conversation_id, 'direction', m.direction, 'kind', m.kind, 'channel', m.channel,
    'from', m.from_value, 'fromName', m.from_name, 'to', to_jsonb(m.to_values), 'cc', to_jsonb(m.cc_values), 'subject', m.subject, 'text', m.text, 'quoted', m.quoted,
    'author', (SELECT a.name FROM accounts a WHERE a.id = m.author_id), 'receivedAt', m.received_at))
  FROM messages m WHERE m.conversation_id IN (SELECT c.id ${OURS})`;

const DOCUMENTS = `
  SELECT t.id::text, 'file', t.created_at, jsonb_strip_nulls(jsonb_build_object('message', t.message_id, 'name', t.name, 'contentType', coalesce(f.content_type, t.content_type), 'size', f.size,
    'sha256', encode(f.sha256, 'hex'), 'state', t.state, 'transcript', t.transcript))
  FROM attachments t JOIN messages m ON m.id = t.message_id LEFT JOIN files f ON f.id = t.file_id WHERE m.conversation_id IN (SELECT c.id ${OURS})`;

const DELIVERIES = `
  SELECT d.id::text, 'delivery', d.created_at, jsonb_strip_nulls(jsonb_build_object('message', d.message_id, 'channel', d.channel, 'to', d.to_value, 'purpose', d.purpose, 'attempt', d.attempt,
    'state', d.state, 'reason', d.reason, 'vendorCode', d.vendor_code, 'externalId', d.external_id, 'changedAt', d.changed_at))
  FROM deliveries d WHERE d.conversation_id IN (SELECT c.id ${OURS})`;

const NOTICES = `
  SELECT n.id::text, 'notice', n.created_at, jsonb_strip_nulls(jsonb_build_object('code', n.code, 'class', n.class, 'claimEvent', n.claim_event_id, 'party', n.party_id, 'exposure', n.exposure_id,
    'language', n.language, 'templateVersion', n.template_version, 'state', n.state, 'reason', n.reason, 'message', n.message_id, 'settledAt', n.settled_at))
  FROM notices n WHERE n.claim_id = $1 AND (n.conversation_id IS NULL OR n.conversation_id IN (SELECT c.id ${OURS}))`;

const CONSENTS = `
  SELECT s.id::text, 'consent', s.at, jsonb_build_object('address', a.value, 'channel', s.channel, 'purpose', s.purpose, 'state', s.state, 'source', s.source, 'evidence', s.evidence)
  FROM consents s JOIN addresses a ON a.id = s.address_id
  WHERE s.address_id IN (SELECT h.address_id FROM contact_addresses h JOIN claim_parties p ON p.contact_id = h.contact_id WHERE p.claim_id = $1)`;

const CLOCKS = `
  SELECT k.id::text, 'clock', k.started_at, jsonb_strip_nulls(jsonb_build_object('policy', k.policy, 'deadline', k.deadline, 'state', k.state, 'breachedAt', k.breached_at, 'endedAt', k.ended_at, 'pauses', k.pauses, 'conversation', k.conversation_id))
  FROM clocks k WHERE k.claim_id = $1 AND (k.conversation_id IS NULL OR k.conversation_id IN (SELECT c.id ${OURS}))`;

const TASKS = `
  SELECT t.id::text, 'task', t.created_at, jsonb_strip_nulls(jsonb_build_object('kind', t.kind, 'reason', t.reason, 'state', t.state, 'outcome', t.outcome, 'due', t.due_at, 'closedAt', t.closed_at,
    'owner', (SELECT a.name FROM accounts a WHERE a.id = t.owner_id)))
  FROM tasks t WHERE t.claim_id = $1 AND (t.conversation_id IS NULL OR t.conversation_id IN (SELECT c.id ${OURS}))`;

// Who did something to the claim or its threads, by ids and codes as the audit keeps them; exports are among them.
const ACCESS = `
  SELECT u.id::text, 'access', u.at, jsonb_strip_nulls(jsonb_build_object('actor', u.actor_kind, 'name', (SELECT a.name FROM accounts a WHERE a.id = u.actor_id), 'action', u.action, 'subject', u.subject,
    'subjectId', u.subject_id, 'facts', u.facts))
  FROM audit u WHERE (u.subject = 'claim' AND u.subject_id IN ($1::uuid::text, $4)) OR (u.subject = 'conversation' AND u.subject_id IN (SELECT c.id::text ${OURS}))`;

const FILE = `
  SELECT id, kind, at, facts FROM (${[EVENTS, MESSAGES, DOCUMENTS, DELIVERIES, NOTICES, CONSENTS, CLOCKS, TASKS, ACCESS].join(' UNION ALL ')}) AS happening
  ORDER BY at, kind, id`;

const FILES = `
  SELECT t.id::text AS id, t.name, f.storage_key, encode(f.sha256, 'hex') AS sha256
  FROM attachments t JOIN messages m ON m.id = t.message_id JOIN files f ON f.id = t.file_id
  WHERE t.state = 'stored' AND m.conversation_id IN (SELECT c.id ${OURS}) ORDER BY t.created_at, t.id`;
