import { randomUUID } from 'node:crypto';
import type { ClaimEventAnswer, ClaimEventFields, ClaimEventParty, DemoManifest } from '@claimline/protocol';
import type { Answer } from './console-client';

/** What a claim core says besides the claim itself. */
export interface Envelope {
  readonly id?: string;
  readonly time?: string;
}

/** The insurer's claim core as the hub sees it: posts CloudEvents with its API key. */
export class ClaimCore {
  constructor(private readonly door: DemoManifest['claimEvents']) {}

  /** One event, structured. */
  post(data: ClaimEventFields, { id = randomUUID(), time }: Envelope = {}): Promise<Answer<ClaimEventAnswer>> {
    return this.send('application/cloudevents+json', JSON.stringify({ ...head(id, time), data }));
  }

  /** One event, its attributes in headers. */
  postBinary(data: ClaimEventFields, { id = randomUUID(), time }: Envelope = {}): Promise<Answer<ClaimEventAnswer>> {
    const attributes = Object.entries(head(id, time)).map(([name, value]) => [`ce-${name}`, value]);
    return this.send('application/json', JSON.stringify(data), Object.fromEntries(attributes) as Record<string, string>);
  }

  postBatch(all: readonly { readonly id: string; readonly data: ClaimEventFields }[]): Promise<Answer<ClaimEventAnswer[]>> {
    return this.send('application/cloudevents-batch+json', JSON.stringify(all.map(({ id, data }) => ({ ...head(id), data }))));
  }

  /** Bytes as they are; by default with the API key. */
  async send<Body>(
    type: string,
    body: string,
    headers: Record<string, string> = {},
    proof: Record<string, string> = { authorization: `Bearer ${this.door.apiKey}` },
  ): Promise<Answer<Body>> {
    const response = await fetch(this.door.url, { method: 'POST', headers: { 'content-type': type, ...proof, ...headers }, body });
    const text = await response.text();
    return { status: response.status, body: (text ? JSON.parse(text) : undefined) as Body };
  }
}

/** An event's attributes; without its words. */
export function head(id: string, time = new Date().toISOString()): Record<string, string> {
  return { specversion: '1.0', id, source: '/claim-core/stories', type: 'claims.claim.status_changed.v1', time };
}

/** A claim that nobody has heard of yet, with its holder; `party` says how the holder is reached. Lies where it is noon now, so that no quiet hours hold anything back. */
export function newClaim(number: string, party: Partial<ClaimEventParty>, more: Partial<ClaimEventFields> = {}): ClaimEventFields {
  const holder: ClaimEventParty = {
    externalId: `holder-of-${number}`,
    role: 'policyholder',
    name: `Holder of ${number}`,
    kind: 'person',
    language: 'en',
    timeZone: zoneAt(12),
    ...party,
  };
  return {
    claimId: `core-${number}`,
    claimNumber: number,
    version: 1,
    stage: 'reported',
    lineOfBusiness: 'motor',
    jurisdiction: 'CN',
    handler: { externalId: 'H-1003', name: 'Emma Clarke' },
    policyholder: { externalId: holder.externalId },
    parties: [holder],
    exposures: [{ externalId: `${number}-1`, kind: 'own-damage', party: holder.externalId, stage: 'reported' }],
    ...more,
  };
}

/** A time zone in which it is this hour of the day right now. */
export function zoneAt(hour: number, now = new Date()): string {
  const ahead = ((hour - now.getUTCHours() + 36) % 24) - 12;
  // The names count westwards: Etc/GMT-8 is eight hours ahead.
  return ahead === 0 ? 'Etc/GMT' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
}
