import type { ChannelKind } from '@claimline/channels';
import type { ChannelField } from '@claimline/protocol';
import { z } from 'zod';

/** One field of a channel's form. */
export type FormField = z.infer<typeof ChannelField>;

/** The part of JSON Schema that zod writes for our settings. */
interface Schema {
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

/** A group of settings is drawn as its fields, named `group.field`. */
const DOT = '.';

const schemaOf = (type: z.ZodType): Schema => z.toJSONSchema(type, { io: 'input', unrepresentable: 'any' }) as Schema;

/** The form of a kind, drawn from its own schemas: settings first, then secrets. */
export function fieldsOf(kind: ChannelKind): FormField[] {
  const secrets = Object.entries(schemaOf(kind.secrets).properties ?? {}).map(([name, schema]) => ({
    ...field(name, schema, (schemaOf(kind.secrets).required ?? []).includes(name)),
    type: 'secret' as const,
    default: null,
  }));
  return [...settings(schemaOf(kind.config), '', true), ...secrets];
}

function settings(group: Schema, prefix: string, isRequired: boolean): FormField[] {
  return Object.entries(group.properties ?? {}).flatMap(([name, schema]) => {
    const required = isRequired && (group.required ?? []).includes(name);
    return schema.properties ? settings(schema, `${prefix}${name}${DOT}`, required) : [field(`${prefix}${name}`, schema, required)];
  });
}

function field(name: string, schema: Schema, required: boolean): FormField {
  return {
    name,
    title: schema.title ?? name,
    description: schema.description ?? '',
    type: typeOf(schema),
    required: required && schema.default === undefined,
    choices: (schema.enum ?? []).map(String),
    default: schema.default ?? null,
  };
}

function typeOf({ type, enum: choices }: Schema): FormField['type'] {
  if (choices) return 'choice';
  if (type === 'boolean') return 'boolean';
  return type === 'number' || type === 'integer' ? 'number' : 'text';
}

/** What a form sends (`smtp.host`) as the kind's schema wants it (`{ smtp: { host } }`); groups that are already nested stay. An optional group with nothing that it requires is left out. */
export function nest(kind: ChannelKind, typed: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const nested: Record<string, unknown> = {};
  const lists = listsOf(schemaOf(kind.config));
  for (const [name, value] of Object.entries(typed))
    put(nested, name.split(DOT), lists.has(name) && typeof value === 'string' ? value.split(/[\s,;，；]+/).filter(Boolean) : value);
  const { properties = {}, required = [] } = schemaOf(kind.config);
  for (const [name, group] of Object.entries(properties)) {
    if (group.properties && !required.includes(name) && isEmptyGroup(group, nested[name])) delete nested[name];
  }
  return nested;
}

/** The names of settings that are lists: a form sends them as one text. */
function listsOf(group: Schema, prefix = ''): Set<string> {
  const own = Object.entries(group.properties ?? {}).flatMap(([name, schema]) =>
    schema.properties ? [...listsOf(schema, `${prefix}${name}${DOT}`)] : schema.type === 'array' ? [`${prefix}${name}`] : [],
  );
  return new Set(own);
}

/** The stored settings by the names of the form. */
export function flatten(config: Readonly<Record<string, unknown>>, prefix = ''): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(config).flatMap(([name, value]) =>
      isGroup(value) ? Object.entries(flatten(value, `${prefix}${name}${DOT}`)) : [[`${prefix}${name}`, value] as const],
    ),
  );
}

const isGroup = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function isEmptyGroup(group: Schema, value: unknown): boolean {
  const needed = (group.required ?? []).filter((name) => group.properties?.[name]?.default === undefined);
  return !isGroup(value) || (needed.length > 0 && needed.every((name) => value[name] === undefined || value[name] === ''));
}

// Own properties only: a name from outside must not reach the prototype.
function put(into: Record<string, unknown>, [first = '', ...rest]: readonly string[], value: unknown): void {
  if (['__proto__', 'constructor', 'prototype'].includes(first)) return;
  if (rest.length === 0) {
    into[first] = value;
    return;
  }
  const known = Object.hasOwn(into, first) ? into[first] : undefined;
  const inner = isGroup(known) ? { ...known } : {};
  put(inner, rest, value);
  into[first] = inner;
}
