import type { Complaint } from '@claimline/protocol';

/** The words of a message of the complaint's conversation, for a quote; its id says nothing to anybody. */
export const excerpt = (complaint: Complaint, messageId: string): string =>
  complaint.messages.find(({ id }) => id === messageId)?.text || '…';

/** What the customer said, or was spoken with them: only such can prove that they agree. */
export const agreements = (complaint: Complaint): Complaint['messages'] =>
  complaint.messages.filter(({ direction, kind }) => direction === 'inbound' || ['call', 'visit', 'letter'].includes(kind));
