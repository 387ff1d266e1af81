import { ClaimEvent } from '@claimline/protocol';
import { HubProblem } from '../http/problem';

/** What came through the door: headers in lower case, the bytes as they were signed. */
export interface ClaimEventRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

const MOST_EVENTS = 100;
const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json$/;

/** Reads CloudEvents 1.0 over HTTP: structured, batched, or binary (attributes in `ce-` headers). @throws HubProblem */
export function readClaimEvents({ headers, body }: ClaimEventRequest): { readonly events: readonly ClaimEvent[]; readonly batch: boolean } {
  const type = String(headers['content-type'] ?? '')
    .split(';')[0]!
    .trim()
    .toLowerCase();
  if (!JSON_TYPE.test(type)) throw new HubProblem('unsupported-type');
  const content = parse(body);
  if (type === 'application/cloudevents-batch+json')
    return { events: batchOf(content).map((one, index) => check(one, `${index}.`)), batch: true };
  const binary = headers['ce-specversion'] !== undefined && type !== 'application/cloudevents+json';
  return { events: [check(binary ? { ...attributes(headers), data: content } : content, '')], batch: false };
}

function parse(body: Buffer): unknown {
  try {
    // A NUL is legal in JSON and in no PostgreSQL text.
    return JSON.parse(body.toString('utf8').replaceAll('\\u0000', ''));
  } catch {
    throw new HubProblem('malformed');
  }
}

function batchOf(content: unknown): unknown[] {
  if (!Array.isArray(content)) throw new HubProblem('malformed');
  if (content.length > MOST_EVENTS) throw new HubProblem('too-large', { limit: MOST_EVENTS });
  return content;
}

const ATTRIBUTES = ['specversion', 'id', 'source', 'type', 'subject', 'time'] as const;

/** Header values are percent-encoded UTF-8 (CloudEvents HTTP binding §3.1.3.2). */
function attributes(headers: ClaimEventRequest['headers']): Record<string, string> {
  return Object.fromEntries(
    ATTRIBUTES.flatMap((name) => (headers[`ce-${name}`] === undefined ? [] : [[name, decoded(String(headers[`ce-${name}`]))]])),
  );
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function check(content: unknown, path: string): ClaimEvent {
  const read = ClaimEvent.safeParse(withNumber(content));
  if (read.success) return read.data;
  throw new HubProblem(
    'invalid',
    {},
    read.error.issues.map((issue) => ({ path: path + issue.path.join('.'), problem: issue.message })),
  );
}

/** The subject of a claim event is the claim's number; some senders leave it out of the data. */
function withNumber(content: unknown): unknown {
  if (typeof content !== 'object' || content === null) return content;
  const { subject, data } = content as { subject?: unknown; data?: unknown };
  if (typeof data !== 'object' || data === null || 'claimNumber' in data || typeof subject !== 'string') return content;
  return { ...content, data: { ...data, claimNumber: subject } };
}
