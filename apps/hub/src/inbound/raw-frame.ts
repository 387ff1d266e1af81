/** A visitor's frame as the journal keeps it. */
export function packFrame(visitor: string, frame: object): Buffer {
  return Buffer.from(JSON.stringify({ visitor, frame }), 'utf8');
}

/** The frame that {@link packFrame} kept, for a replay. */
export function unpackFrame(kept: Buffer): { visitor: string; frame: unknown } {
  return JSON.parse(kept.toString('utf8')) as { visitor: string; frame: unknown };
}
