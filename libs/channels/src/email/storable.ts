/**
 * The same without NUL in any text, however deep: PostgreSQL keeps none, and a damaged mail can have one in a header, an address or a file name.
 * Bytes and dates stay as they are.
 */
export function storable<T>(value: T): T {
  if (typeof value === 'string') return value.replaceAll('\u0000', '') as T;
  if (Array.isArray(value)) return value.map((one: unknown) => storable(one)) as T;
  if (typeof value !== 'object' || value === null || value instanceof Date || value instanceof Uint8Array) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, storable(one as unknown)])) as T;
}
