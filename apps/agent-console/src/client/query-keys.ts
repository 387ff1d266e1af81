import type { View } from '@claimline/protocol';

/** The names under which answers are kept. The first word is the noun: realtime refreshes by it. */
export const keys = {
  me: ['me'] as const,
  conversations: (view?: View, q?: string) =>
    view === undefined ? (['conversations'] as const) : (['conversations', view, q ?? ''] as const),
  counts: ['counts'] as const,
  conversation: (id: string) => ['conversation', id] as const,
  thread: (id: string) => ['thread', id] as const,
  composer: (id: string) => ['composer', id] as const,
  routing: (id: string) => ['routing', id] as const,
  people: ['people'] as const,
  staff: ['staff'] as const,
  apiKeys: ['api-keys'] as const,
  absences: ['absences'] as const,
  team: ['team'] as const,
  scheduled: (of?: string) => (of === undefined ? (['scheduled'] as const) : (['scheduled', of] as const)),
  mailAliases: ['mail-aliases'] as const,
  claim: (number: string) => ['claim', number] as const,
  timeline: (number: string) => ['timeline', number] as const,
  claims: (q: string) => ['claims', q] as const,
  contact: (id: string) => ['contact', id] as const,
  contacts: (q: string) => ['contacts', q] as const,
  tasks: (view?: string, state?: string, about?: string) =>
    view === undefined ? (['tasks'] as const) : (['tasks', view, state ?? 'open', about ?? ''] as const),
  complaints: (view?: string, state?: string) =>
    view === undefined ? (['complaints'] as const) : (['complaints', view, state ?? ''] as const),
  complaint: (id: string) => ['complaint', id] as const,
  complaintHandling: ['complaint-handling'] as const,
  complaintReport: (month?: string) => ['complaint-report', month ?? ''] as const,
  needsLook: ['needs-look'] as const,
  inboxes: ['inboxes'] as const,
  channelKinds: ['channel-kinds'] as const,
  templates: (filter: object = {}) => ['templates', filter] as const,
  search: (q: string) => ['search', q] as const,
};
