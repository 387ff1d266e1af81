import type { IncomingMessage, ServerResponse } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';

/** `POST /claim-core/connect`: the secret with which the hub signs, and where and with which key it takes claim events. */
export const ClaimCoreRequest = z.object({
  secret: z.string().min(1),
  hub: z.object({ url: z.url(), apiKey: z.string().min(1) }),
  /** Who handles the claims that it makes. */
  handler: z.object({ externalId: z.string(), name: z.string() }).optional(),
});
type Connection = z.output<typeof ClaimCoreRequest>;

const Told = z.object({ id: z.string(), type: z.string(), subject: z.string(), data: z.record(z.string(), z.unknown()) });
type Told = z.output<typeof Told>;

/** One delivery as it came, and what the claim core thought of it. */
export interface HeardEvent {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly signature: 'valid' | 'invalid';
  /** It had come before, under the same id. */
  readonly again: boolean;
  readonly data: Readonly<Record<string, unknown>>;
  /** The claim that was made of it. */
  readonly claim: string | null;
  readonly at: string;
}

const KEPT = 1_000;
const BODY_LIMIT = 5 * 1024 * 1024;

/** The insurer's claim core in the box: takes what the hub tells, if it is signed, makes a claim of every report, and says so. */
export class ClaimCoreBox {
  private connection: Connection | undefined;
  private readonly heard: HeardEvent[] = [];
  /** Claim numbers by draft: a report that comes twice is one claim. */
  private readonly claims = new Map<string, string>();
  /** How many deliveries it refuses from now on. */
  refusing = 0;
  private made = 0;

  connect(connection: Connection): void {
    this.connection = connection;
  }

  events(): readonly HeardEvent[] {
    return this.heard;
  }

  /** Takes one delivery of the hub. */
  async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await textOf(request);
    const status = await this.judge(body, request.headers);
    response.writeHead(status).end();
  }

  private async judge(body: string, headers: IncomingMessage['headers']): Promise<number> {
    if (this.refusing > 0) {
      this.refusing -= 1;
      return 503;
    }
    const signature = this.isSigned(body, headers) ? 'valid' : 'invalid';
    const told = Told.safeParse(json(body));
    if (!told.success) return 400;
    const again = this.heard.some(({ id, signature: before }) => id === told.data.id && before === 'valid');
    const claim = signature === 'valid' && told.data.type === 'fnol.submitted' ? await this.register(told.data) : null;
    this.heard.push({ ...told.data, signature, again, claim, at: new Date().toISOString() });
    if (this.heard.length > KEPT) this.heard.shift();
    return signature === 'valid' ? 202 : 401;
  }

  private isSigned(body: string, headers: IncomingMessage['headers']): boolean {
    if (!this.connection) return false;
    try {
      new Webhook(this.connection.secret).verify(body, headers as Record<string, string>, { jsonParse: false });
      return true;
    } catch {
      return false;
    }
  }

  // A claim is made once; that it was made is said each time, with one id, as a claim core with its own outbox does.
  private async register({ subject, data }: Told): Promise<string> {
    const number = this.claims.get(subject) ?? numberOf((this.made += 1));
    this.claims.set(subject, number);
    const { hub, handler } = this.connection!;
    const answer = await fetch(hub.url, {
      method: 'POST',
      headers: { 'content-type': 'application/cloudevents+json', authorization: `Bearer ${hub.apiKey}` },
      body: JSON.stringify(reportedEvent(number, subject, { report: data.report as Groups, contact: data.contact as Reporter, handler })),
    });
    if (!answer.ok) throw new Error(`the hub refused the claim: ${answer.status} ${await answer.text()}`);
    return number;
  }
}

type Fields = Readonly<Record<string, unknown>>;
type Reporter = { readonly id: string; readonly externalId: string | null } | null;
type Groups = Readonly<Record<'reporter' | 'policy' | 'loss', Fields>>;

// Between starts the numbers must not meet: the second of the start is part of them.
const STARTED = String(Math.floor(Date.now() / 1000) % 100_000).padStart(5, '0');
const numberOf = (count: number): string => `CLM-2026-8${STARTED}${String(count).padStart(2, '0')}`;

/** The claim as the claim core tells it first. The reporter becomes its policyholder unless the report says otherwise. */
function reportedEvent(
  number: string,
  draftId: string,
  { report, contact, handler }: { report: Groups; contact: Reporter; handler: Connection['handler'] },
): object {
  const { reporter, policy, loss } = report;
  const language = text(reporter.language);
  const party = {
    externalId: contact?.externalId ?? `R-${draftId}`,
    contact: contact?.id,
    role: text(reporter.relationship) === 'third-party' ? 'claimant' : 'policyholder',
    name: text(reporter.reporterName),
    kind: 'person',
    language,
    timeZone: text(loss.timeZone),
    phone: text(reporter.phone),
    email: text(reporter.email),
    wechat: text(reporter.wechat),
  };
  return {
    specversion: '1.0',
    id: `${draftId}-reported`,
    source: '/claimcore/sandbox',
    type: 'claims.claim.reported.v1',
    subject: number,
    data: {
      draftId,
      claimNumber: number,
      version: 1,
      stage: 'reported',
      lineOfBusiness: text(policy.lineOfBusiness) ?? 'other',
      jurisdiction: language === 'en' ? 'US' : 'CN',
      lossDate: text(loss.lossDate),
      policyNumber: text(policy.policyNumber),
      plate: text(policy.plate),
      policyholder: { externalId: party.externalId },
      parties: [party],
      ...(handler && { handler }),
      ...(text(loss.lossKind) && { facts: { lossKind: text(loss.lossKind) } }),
    },
  };
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function json(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > BODY_LIMIT) throw new Error('too large');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}
