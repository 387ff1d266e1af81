import { idOf } from './chance';
import type { Plan } from './plan';
import { nameOf, phoneOf, mailOf, writesChinese } from './wording';
import { searchVector } from '@claimline/messages';
import { line, moment } from './rendering';

export const contactId = (plan: Plan, contact: number): string => idOf('contact', plan.startMs, contact);

/** The address a channel reaches somebody at: phone or mail. */
export function addressOf(plan: Plan, contact: number, channel: string): { readonly id: string; readonly value: string } {
  const isMail = channel === 'email';
  return { id: idOf('address', plan.startMs, contact * 2 + (isMail ? 1 : 0)), value: isMail ? mailOf(contact) : phoneOf(contact) };
}

const CHANNELS = ['twilio-sms', 'email'] as const;
const externalId = (contact: number): string => `ground-${contact}`;

function* numbers(plan: Plan): Generator<number> {
  for (let contact = 0; contact < plan.sizes.contacts; contact++) yield contact;
}

export const CONTACT_COLUMNS = 'id, kind, name, language, external_id, words, created_at';
export function* contactLines(plan: Plan): Generator<string> {
  for (const contact of numbers(plan)) {
    const name = nameOf(plan.seed, contact);
    const words = searchVector([name, externalId(contact), phoneOf(contact), mailOf(contact)].join(' \n '));
    const language = writesChinese(contact) ? 'zh-CN' : 'en';
    yield line([contactId(plan, contact), 'person', name, language, externalId(contact), words, moment(plan.startMs)]);
  }
}

export const ADDRESS_COLUMNS = 'id, scheme, scope, value, contact_id, created_at, seen_at';
export function* addressLines(plan: Plan): Generator<string> {
  for (const contact of numbers(plan))
    for (const channel of CHANNELS) {
      const { id, value } = addressOf(plan, contact, channel);
      const scheme = channel === 'email' ? 'email' : 'tel';
      yield line([id, scheme, '', value, contactId(plan, contact), moment(plan.startMs), moment(plan.endMs)]);
    }
}

export const HOLDER_COLUMNS = 'contact_id, address_id, level, verified_at, since';
export function* holderLines(plan: Plan): Generator<string> {
  for (const contact of numbers(plan))
    for (const channel of CHANNELS) {
      const id = addressOf(plan, contact, channel).id;
      yield line([contactId(plan, contact), id, 'verified', moment(plan.endMs - 86_400_000), moment(plan.startMs)]);
    }
}

export const CONSENT_COLUMNS = 'id, address_id, channel, purpose, state, source, at';
export function* consentLines(plan: Plan): Generator<string> {
  for (const contact of numbers(plan))
    for (const [n, channel] of CHANNELS.entries()) {
      const id = idOf('consent', plan.startMs, contact * 2 + n);
      yield line([id, addressOf(plan, contact, channel).id, channel, 'service', 'granted', 'policy', moment(plan.startMs)]);
    }
}
