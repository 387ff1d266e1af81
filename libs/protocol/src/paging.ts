import { z } from 'zod';

/** An id of ours: UUIDv7 as text. */
export const Id = z.uuid();

/** A moment, ISO 8601 in UTC. */
export const Moment = z.iso.datetime({ offset: true });

/** `limit` of every list: at most 100. */
export const Limit = z.coerce.number().int().min(1).max(100).default(50);

/** Where to go on: opaque, handed back as it came. */
export const Cursor = z.string().max(200);

/** A page of a list. `next` is null on the last page. */
export const page = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), next: Cursor.nullable() });

/** A page's query; newest first unless the route says otherwise. */
export const PageQuery = z.object({ limit: Limit, before: Cursor.optional() });
