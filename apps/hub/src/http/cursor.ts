import { HubProblem } from './problem';

/** A place in a list as an opaque text: whatever the list sorts by, ending with the id. */
export function toCursor(place: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** Reads what {@link toCursor} wrote; anything else is a bad request that names the parameter. */
export function fromCursor(cursor: string | undefined, length: number): (string | number | null)[] | undefined {
  if (!cursor) return undefined;
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (
      Array.isArray(place) &&
      place.length === length &&
      place.every((part) => part === null || ['string', 'number'].includes(typeof part))
    )
      return place as (string | number | null)[];
  } catch {
    // Falls through to the same answer: not a cursor of ours.
  }
  throw new HubProblem('invalid', {}, [{ path: 'before', problem: 'not a cursor of this list: leave it out to start at the top' }]);
}

// The last is the most that a page may be asked to hold.
const LENGTHS = [20, 50, 100];

/**
 * For how many rows of a page a statement is written. Its length stands in the text, so that a plan for any values knows it too: one of few, since each
 * text stays prepared.
 */
export const lengthFor = (limit: number): number => LENGTHS.find((one) => one >= limit)!;
