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

/** What each kind of event makes stale besides its conversation. */
function ofKind(event: ConsoleEvent): Stale[] {
  const payload = event.payload;
  const claim = text(payload['claimNumber']);
  const contact = text(payload['contactId']);
  const kind = event.type.split('.')[0];
  switch (kind) {
    case 'claim':
    case 'notice':
      // A claim that is new or has moved may be the one to suggest in the conversation that is open.
      return claim
        ? [
            ['claim', claim],
            ['timeline', claim],
            ['claims'],
            ['conversations'],
            ['conversation'],
            ...(event.type === 'claim.represented' ? ([['composer']] as Stale[]) : []),
          ]
        : [['claims']];
    case 'document':
      return claim
        ? [
            ['documents', claim],
            ['timeline', claim],
          ]
        : [['documents']];
    case 'report': {
      const report = text(payload['reportId']);
      return report ? [['report', report], ['reports']] : [['reports']];
    }
    case 'claim-core':
      return [['claim-core']];
    case 'contact':
      return contact ? [['contact', contact], ['contacts'], ['conversation']] : [['contacts']];
    case 'consent':
      return [['contact'], ['composer']];
    case 'promise':
      return [['promises'], ['conversations'], ['tasks']];
    case 'task':
      return [['tasks'], ['counts'], ['conversations']];
    case 'complaint': {
      const complaint = text(payload['complaintId']);
      return complaint ? [['complaint', complaint], ['complaints'], ['complaint-report']] : [['complaints']];
    }
    case 'clock':
      return [['conversations'], ['counts'], ['complaints']];
    case 'bulk': {
      const run = text(payload['runId']);
      return run ? [['bulk-run', run], ['conversations'], ['counts']] : [];
    }
    case 'catastrophe':
    case 'surge':
      return [['catastrophes'], ['duplicates']];
    case 'broadcast':
      return [['broadcasts']];
    case 'presence':
      return [['people']];
    case 'absence':
      return [['absences'], ['people']];
    case 'scheduled':
      return [['scheduled']];
    case 'inbox':
      return [['inboxes']];
    case 'scan':
      return [['scans']];
    case 'letter':
      return [['letters']];
    case 'appointment':
      return [['appointments']];
    case 'needs-look':
      return [['needs-look'], ['counts']];
    default:
      return [];
  }
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
