/** Where an item of a checklist stands. */
export const DOCUMENT_STATES = ['open', 'requested', 'received', 'accepted', 'rejected', 'waived'] as const;
export type DocumentState = (typeof DOCUMENT_STATES)[number];

/** Why a document is of no use. Generic on purpose: it travels on channels where nothing else may be said. */
export const REJECT_REASONS = ['blurred', 'cut-off', 'wrong-document', 'expired', 'not-readable'] as const;
export type RejectReason = (typeof REJECT_REASONS)[number];

/** What can happen to an item. */
export type DocumentAct = 'request' | 'receive' | 'accept' | 'reject' | 'waive';

// Only forward. What is accepted is held: the insurer may not ask for it again.
const WAYS: Readonly<Record<DocumentState, Partial<Record<DocumentAct, DocumentState>>>> = {
  open: { request: 'requested', receive: 'received', waive: 'waived' },
  requested: { request: 'requested', receive: 'received', waive: 'waived' },
  received: { receive: 'received', accept: 'accepted', reject: 'rejected', waive: 'waived' },
  rejected: { request: 'requested', receive: 'received', waive: 'waived' },
  accepted: {},
  waived: {},
};

/** The state after an act; undefined where the act is not allowed. */
export const nextState = (state: DocumentState, act: DocumentAct): DocumentState | undefined => WAYS[state][act];

/** Whether we still wait for it. */
export const isMissing = (state: DocumentState): boolean => state === 'open' || state === 'requested' || state === 'rejected';
/** Whether the customer was asked and has not delivered. */
export const isAwaited = (state: DocumentState): boolean => state === 'requested' || state === 'rejected';
/** Whether we hold it, so that it may not be asked for. */
export const isHeld = (state: DocumentState): boolean => state === 'received' || state === 'accepted';
