import type { ConsoleEvent } from '@claimline/protocol';

/** A name of a query: the noun and, for one thing of it, its id. */
export type Stale = readonly [noun: string, id?: string];

/** What a batch of events made stale, and which messages in it changed after they were written. */
export interface Effects {
  readonly stale: readonly Stale[];
  readonly changedMessages: ReadonlyMap<string, readonly string[]>;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const OF_A_MESSAGE = ['message.changed', 'delivery.changed', 'attachment.changed', 'call.changed'];

function ofConversation(event: ConsoleEvent): Stale[] {
  const id = event.conversationId;
  if (!id) return [];
  const always: Stale[] = [['conversations'], ['thread', id], ['conversation', id]];
  if (event.type.startsWith('delivery.') || event.type.startsWith('attachment.')) return always;
  const counted: Stale[] = [...always, ['counts']];
  const reachable = event.type.startsWith('message.') || event.type.startsWith('contact.') || event.type.startsWith('consent.');
  if (event.type.startsWith('work.') || event.type === 'conversation.assigned') return [...counted, ['routing', id], ['people']];
  return reachable || event.type === 'conversation.linked' ? [...counted, ['composer', id]] : counted;
}

/** The noun with the id that an event names, or all of that noun where it names none. */
const one = (noun: string, id: string | undefined): Stale => (id === undefined ? [noun] : [noun, id]);

type Makes = readonly Stale[] | ((payload: ConsoleEvent['payload'], type: string) => readonly Stale[]);

// A claim that is new or has moved may be the one to suggest in the conversation that is open.
const ofClaim: Makes = ({ claimNumber }, type) => {
  const claim = text(claimNumber);
  if (!claim) return [['claims']];
  const represented: Stale[] = type === 'claim.represented' ? [['composer']] : [];
  return [['claim', claim], ['timeline', claim], ['claims'], ['conversations'], ['conversation'], ...represented];
};

/** What each kind of event makes stale besides its conversation. */
const OF_KIND: Readonly<Record<string, Makes>> = {
  claim: ofClaim,
  notice: ofClaim,
  document: ({ claimNumber }) => [one('documents', text(claimNumber)), ...(claimNumber ? [one('timeline', text(claimNumber))] : [])],
  report: ({ reportId }) => [one('report', text(reportId)), ['reports']],
  'claim-core': [['claim-core']],
  contact: ({ contactId }) => (contactId ? [one('contact', text(contactId)), ['contacts'], ['conversation']] : [['contacts']]),
  consent: [['contact'], ['composer']],
  promise: [['promises'], ['conversations'], ['tasks']],
  task: [['tasks'], ['counts'], ['conversations']],
  complaint: ({ complaintId }) => [one('complaint', text(complaintId)), ['complaints'], ['complaint-report']],
  clock: [['conversations'], ['counts'], ['complaints']],
  survey: [['surveys']],
  bulk: ({ runId }) => [one('bulk-run', text(runId)), ['conversations'], ['counts']],
  catastrophe: [['catastrophes'], ['duplicates']],
  surge: [['catastrophes'], ['duplicates']],
  broadcast: [['broadcasts']],
  presence: [['people']],
  absence: [['absences'], ['people']],
  scheduled: [['scheduled']],
  inbox: [['inboxes']],
  scan: [['scans']],
  letter: [['letters']],
  appointment: [['appointments']],
  'needs-look': [['needs-look'], ['counts']],
};

function ofKind({ type, payload }: ConsoleEvent): readonly Stale[] {
  const makes = OF_KIND[type.split('.')[0] ?? ''] ?? [];
  return typeof makes === 'function' ? makes(payload, type) : makes;
}

// What the supervisor's screen counts.
const OF_THE_TEAM = ['conversation', 'message', 'call', 'work', 'clock', 'task', 'presence', 'absence', 'claim', 'scheduled'];

const ofTeam = (event: ConsoleEvent): Stale[] => (OF_THE_TEAM.includes(event.type.split('.')[0] ?? '') ? [['team']] : []);

const nameOf = ([noun, id]: Stale): string => (id === undefined ? noun : `${noun}/${id}`);

/** Reads a batch in order and says once what has to be read again; the hub stays the only one who knows how things look. */
export function effectsOf(batch: readonly ConsoleEvent[]): Effects {
  const stale = new Map<string, Stale>();
  const changedMessages = new Map<string, string[]>();
  for (const event of batch) {
    for (const one of [...ofConversation(event), ...ofKind(event), ...ofTeam(event)]) stale.set(nameOf(one), one);
    const message = text(event.payload['messageId']);
    if (event.conversationId && message && OF_A_MESSAGE.includes(event.type)) {
      changedMessages.set(event.conversationId, [...(changedMessages.get(event.conversationId) ?? []), message]);
    }
  }
  return { stale: [...stale.values()], changedMessages };
}

/** The part of a batch that was not applied yet: a reconnect may bring events twice. */
export function unseen(batch: readonly ConsoleEvent[], position: number | null): readonly ConsoleEvent[] {
  return batch.filter((event) => position === null || event.position > position).sort((a, b) => a.position - b.position);
}
