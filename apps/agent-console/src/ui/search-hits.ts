import type { SearchAnswer } from '@claimline/protocol';
import type { Words } from '../locales';
import { hrefs } from '../navigation';

/** One thing that was found, whatever it is. */
export interface SearchHit {
  readonly key: string;
  readonly group: 'claims' | 'customers' | 'conversations' | 'messages';
  /** Number of a claim, id of a customer or of a conversation. */
  readonly subject: string;
  readonly href: string;
  readonly title: string;
  readonly detail: string;
  /** What stands at the end of the row: a stage, a number of claims. */
  readonly aside: string | null;
  readonly channel: string | null;
  readonly at: string | null;
}

const joined = (...parts: readonly (string | null | undefined)[]): string => parts.filter(Boolean).join(' · ');

/** What a search found as rows in reading order: claims, customers, conversations, messages. */
export function searchHits(answer: SearchAnswer, words: Pick<Words, 'stage' | 'line'>): readonly SearchHit[] {
  const claims = answer.claims.map((one): SearchHit => ({
    key: `claim ${one.number}`,
    group: 'claims',
    subject: one.number,
    href: hrefs.claim(one.number),
    title: one.number,
    detail: joined(one.who, one.plate, one.policyNumber, words.line(one.line)),
    aside: words.stage(one.stage),
    channel: null,
    at: null,
  }));
  const customers = answer.contacts.map((one): SearchHit => ({
    key: `customer ${one.id}`,
    group: 'customers',
    subject: one.id,
    href: hrefs.customer(one.id),
    title: one.name,
    detail: one.address ?? '',
    aside: null,
    channel: null,
    at: null,
  }));
  const conversations = answer.conversations.map((one): SearchHit => ({
    key: `conversation ${one.id}`,
    group: 'conversations',
    subject: one.id,
    href: hrefs.conversation(one.id),
    title: joined(one.contact.name, one.claim?.number),
    detail: one.preview,
    aside: null,
    channel: one.channel,
    at: one.lastMessageAt,
  }));
  const messages = answer.messages.map((one): SearchHit => ({
    key: `message ${one.id}`,
    group: 'messages',
    subject: one.conversationId,
    href: hrefs.conversation(one.conversationId),
    title: joined(one.contact, one.claim),
    detail: one.snippet,
    aside: null,
    channel: null,
    at: one.at,
  }));
  return [...claims, ...customers, ...conversations, ...messages];
}
