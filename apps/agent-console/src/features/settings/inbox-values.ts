import type { ChannelKinds, CreateInbox, Inbox } from '@claimline/protocol';

/** One field of a channel's form. */
export type ChannelField = ChannelKinds['items'][number]['fields'][number];
/** What stands in the form, by name of the field. Numbers are kept as typed. */
export type InboxValues = Readonly<Record<string, string | boolean>>;

const shown = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : Array.isArray(value) ? value.join(', ') : '';

/** What the form begins with: the settings of the inbox, else the defaults. Secrets never come back, so they begin empty. */
export function firstValues(fields: readonly ChannelField[], inbox: Inbox | null): InboxValues {
  const entries = fields.map((field) => {
    if (field.type === 'secret') return [field.name, ''];
    const value = inbox?.config[field.name] ?? field.default;
    return [field.name, field.type === 'boolean' ? value === true : shown(value)];
  });
  return Object.fromEntries(entries) as InboxValues;
}

/** The names of fields that must be filled and are not. A secret that is set already may stay empty. */
export function missingFields(fields: readonly ChannelField[], values: InboxValues, secretsSet: readonly string[]): readonly string[] {
  const empty = (field: ChannelField): boolean => field.type !== 'boolean' && String(values[field.name] ?? '').trim() === '';
  return fields.filter((field) => field.required && empty(field) && !secretsSet.includes(field.name)).map((field) => field.name);
}

/** The form as the hub wants it: settings and secrets apart; what was left empty is not sent. */
export function inboxBody(fields: readonly ChannelField[], values: InboxValues): Pick<CreateInbox, 'config' | 'secrets'> {
  const config: Record<string, unknown> = {};
  const secrets: Record<string, string> = {};
  for (const field of fields) {
    const value = values[field.name];
    if (field.type === 'boolean') config[field.name] = value === true;
    else if (typeof value !== 'string' || value.trim() === '') continue;
    else if (field.type === 'secret') secrets[field.name] = value;
    else config[field.name] = field.type === 'number' ? Number(value) : value.trim();
  }
  return { config, secrets };
}

/** The field that a path of the hub speaks of: `config.smtpHost` is `smtpHost`. */
export const fieldOfPath = (path: string): string => path.split('.').at(-1) ?? path;
