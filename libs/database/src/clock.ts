/** Where all domain time comes from. Tests set it; the demo shifts it. */
export interface Clock {
  now(): Date;
}

/** The machine's own time. */
export const systemClock: Clock = { now: () => new Date() };

/** A clock that the demo moves, `offset` milliseconds from the machine's time. */
export class ShiftedClock implements Clock {
  offset = 0;

  now(): Date {
    return new Date(Date.now() + this.offset);
  }
}
