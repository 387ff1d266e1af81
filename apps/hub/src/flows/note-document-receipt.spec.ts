import type { LoggedEvent } from '@claimline/database';
import { NoteDocumentReceipt } from './note-document-receipt';

async function asked(payload: object): Promise<number> {
  const arrived = jest.fn(() => Promise.resolve(undefined));
  const event = { at: new Date(0), payload: { noticeId: 'n', ...payload } } as unknown as LoggedEvent;
  await new NoteDocumentReceipt({ arrived } as never).onNoticeSettled(undefined as never, event);
  return arrived.mock.calls.length;
}

test.each([
  [{ state: 'told', code: 'documents_needed' }, 1],
  [{ state: 'told', code: 'document_rejected' }, 1],
  [{ state: 'told' }, 1],
  [{ state: 'told', code: 'fnol_received' }, 0],
  [{ state: 'not-sent', code: 'documents_needed' }, 0],
])('%o is looked up %d times', async (payload, times) => expect(await asked(payload)).toBe(times));
