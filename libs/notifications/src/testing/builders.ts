import { newId, type Clock, type Database } from '@claimline/database';
import type { OutgoingLine } from '../channel-family';
import type { ChangeToTell, NoticeClaim, NoticePerson, NoticeSituation } from '../notice/situation';

// Four in the afternoon in Shanghai: nobody is quiet.
export const NOW = new Date('2026-11-22T08:00:00Z');

/** A clock that stands until it is moved. */
export class StandingClock implements Clock {
  constructor(public at: Date = NOW) {}

  now(): Date {
    return this.at;
  }
}

export const SMS: OutgoingLine = {
  inboxId: '01935000-0000-7000-8000-0000000000e1',
  channel: 'twilio-sms',
  schemes: ['tel'],
  scope: null,
  privacy: 'P1',
  calls: false,
  proactive: true,
  window: null,
  templateOutsideWindow: false,
  receipts: 'delivered',
};
export const MAIL: OutgoingLine = {
  ...SMS,
  inboxId: '01935000-0000-7000-8000-0000000000e2',
  channel: 'email',
  schemes: ['email'],
  privacy: 'P2',
  receipts: 'sent',
};
export const VOICE: OutgoingLine = {
  ...SMS,
  inboxId: '01935000-0000-7000-8000-0000000000e3',
  channel: 'twilio-voice',
  privacy: 'P0',
  calls: true,
  receipts: 'none',
};
export const WECHAT: OutgoingLine = {
  ...SMS,
  inboxId: '01935000-0000-7000-8000-0000000000e4',
  channel: 'wechat',
  schemes: ['wechat'],
  scope: 'wx1',
  proactive: false,
  window: 48 * 3_600_000,
  templateOutsideWindow: false,
  receipts: 'sent',
};
export const LINES = [SMS, MAIL, VOICE, WECHAT];

/** A person with a phone and a mailbox. */
export const person = (contactId: string, over: Partial<NoticePerson> = {}): NoticePerson => ({
  contactId,
  name: '李伟',
  kind: 'person',
  salutation: '先生',
  language: 'zh-CN',
  timeZone: 'Asia/Shanghai',
  deceased: false,
  lastChannel: null,
  lastInboundAt: null,
  addresses: [
    { id: `${contactId}-tel`, scheme: 'tel', scope: '', value: '+8613800138000', unusable: null },
    { id: `${contactId}-mail`, scheme: 'email', scope: '', value: `${contactId}@example.test`, unusable: null },
  ],
  ...over,
});

export const change = (over: Partial<ChangeToTell> = {}): ChangeToTell => ({
  claimEventId: '01935000-0000-7000-8000-0000000000f1',
  stage: 'investigation',
  subStatus: null,
  stageChanged: true,
  handlerReplaced: false,
  exposureId: null,
  occurredAt: NOW,
  ...over,
});

/** A claim of a policyholder who claims for himself, and of a third party who claims for a bumper. */
export const claim = (over: Partial<NoticeClaim> = {}): NoticeClaim => ({
  id: 'claim',
  number: 'CLM-2026-000123',
  handlerName: '李娜',
  handlerPhone: null,
  nextStep: 'assessment',
  promisedBy: '2026-12-05',
  facts: {},
  flags: [],
  parties: [
    { id: 'holder', role: 'policyholder', contactId: 'c-holder', language: null, representedBy: null },
    { id: 'third', role: 'claimant', contactId: 'c-third', language: null, representedBy: null },
    { id: 'law', role: 'attorney', contactId: 'c-law', language: null, representedBy: null },
  ],
  exposures: [
    { id: 'own', partyId: 'holder' },
    { id: 'bumper', partyId: 'third' },
  ],
  ...over,
});

export const situation = (over: Partial<NoticeSituation> = {}): NoticeSituation => ({
  change: change(),
  claim: claim(),
  brand: { id: 'brand', name: '安和保险', defaultLanguage: 'zh-CN', timeZone: 'Asia/Shanghai', helpPhone: '4008001234', officeHours: null },
  people: new Map(['c-holder', 'c-third', 'c-law'].map((id) => [id, person(id)])),
  lines: LINES,
  ...over,
});

/** Rows that notices and consents refer to: a brand, a claim, a contact with a phone and a mailbox. */
export async function insertGround(
  database: Database,
): Promise<{ brandId: string; claimId: string; contactId: string; tel: string; mail: string }> {
  const [brandId, claimId, contactId, tel, mail] = [0, 1, 2, 3, 4].map(() => newId(NOW)) as [string, string, string, string, string];
  const run = (name: string, text: string, values: unknown[]) => database.query({ name: `ground-${name}`, text, values });
  await run(
    'brand',
    `INSERT INTO brands (id, key, name, default_language, time_zone, created_at) VALUES ($1, $3, '安和保险', 'zh-CN', 'Asia/Shanghai', $2)`,
    [brandId, NOW, brandId],
  );
  await run(
    'claim',
    `INSERT INTO claims (id, number, brand_id, line_of_business, jurisdiction, stage, version, created_at, updated_at) VALUES ($1, $2, $3, 'motor', 'CN', 'reported', 1, $4, $4)`,
    [claimId, `CLM-${claimId}`, brandId, NOW],
  );
  await run('contact', `INSERT INTO contacts (id, kind, name, created_at) VALUES ($1, 'person', '李伟', $2)`, [contactId, NOW]);
  await run(
    'addresses',
    `INSERT INTO addresses (id, scheme, scope, value, contact_id, created_at) VALUES ($1, 'tel', '', $3, $5, $6), ($2, 'email', '', $4, $5, $6)`,
    [tel, mail, `+86${Date.now()}${Math.random()}`, `${contactId}@example.test`, contactId, NOW],
  );
  return { brandId, claimId, contactId, tel, mail };
}
