import type { ChannelKinds, CreateInbox, Inbox } from '@claimline/protocol';

/** One field of a channel's form. */
export type ChannelField = ChannelKinds['items'][number]['fields'][number];
/** What stands in the form, by name of the field. Numbers are kept as typed. */
export type InboxValues = Readonly<Record<string, string | boolean>>;

const shown = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : Array.isArray(value) ? value.join(', ') : '';

/** A setting by the name of its field: `smtp.host` stands under that name, or as `host` in the group `smtp`. */
export function settingOf(config: Readonly<Record<string, unknown>>, name: string): unknown {
  if (name in config) return config[name];
  const [group = '', ...rest] = name.split('.');
  const inner = config[group];
  return rest.length > 0 && typeof inner === 'object' && inner !== null
    ? settingOf(inner as Record<string, unknown>, rest.join('.'))
    : undefined;
}

/** What the form begins with: the settings of the inbox, else the defaults. Secrets never come back, so they begin empty. */
export function firstValues(fields: readonly ChannelField[], inbox: Inbox | null): InboxValues {
  const entries = fields.map((field) => {
    if (field.type === 'secret') return [field.name, ''];
    const value = (inbox && settingOf(inbox.config, field.name)) ?? field.default;
    return [field.name, field.type === 'boolean' ? value === true : shown(value)];
  });
  return Object.fromEntries(entries) as InboxValues;
}

/** The names of fields that must be filled and are not. A secret that is set already may stay empty. */
export function missingFields(fields: readonly ChannelField[], values: InboxValues, secretsSet: readonly string[]): readonly string[] {
  const empty = (field: ChannelField): boolean => field.type !== 'boolean' && String(values[field.name] ?? '').trim() === '';
  return fields.filter((field) => field.required && empty(field) && !secretsSet.includes(field.name)).map((field) => field.name);
}

const listOf = (text: string): string[] => text.split(/[\s,，;]+/).filter(Boolean);

/** The form as the hub wants it: settings and secrets apart; what was left empty is not sent. A setting that is a list stays one. */
export function inboxBody(
  fields: readonly ChannelField[],
  values: InboxValues,
  before: Inbox['config'] = {},
): Pick<CreateInbox, 'config' | 'secrets'> {
  const config: Record<string, unknown> = {};
  const secrets: Record<string, string> = {};
  for (const field of fields) {
    const value = values[field.name];
    if (field.type === 'boolean') config[field.name] = value === true;
    else if (typeof value !== 'string' || value.trim() === '') continue;
    else if (field.type === 'secret') secrets[field.name] = value;
    else config[field.name] = settingFrom(field, value.trim(), settingOf(before, field.name) ?? field.default);
  }
  return { config, secrets };
}

function settingFrom(field: ChannelField, text: string, known: unknown): unknown {
  if (field.type === 'number') return Number(text);
  return Array.isArray(known) ? listOf(text) : text;
}

/** Whether a refusal speaks of this field: `config.smtp.host` of `smtp.host`, and `host` of it, too. */
export const speaksOf = (path: string, field: string): boolean =>
  path === field || path.endsWith(`.${field}`) || field.endsWith(`.${path}`);
