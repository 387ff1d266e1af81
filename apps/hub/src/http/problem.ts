import { ERROR_STATUS, type ErrorCode } from '@claimline/protocol';

/** A request that cannot be done, with the code that browsers translate. The filter makes RFC 9457 of it. */
export class HubProblem extends Error {
  override readonly name = 'HubProblem';

  constructor(
    readonly code: ErrorCode,
    readonly params: Readonly<Record<string, string | number>> = {},
    readonly fields?: readonly { path: string; problem: string }[],
    /** Seconds, for `Retry-After`. */
    readonly retryAfter?: number,
  ) {
    super(code);
  }

  get status(): number {
    return ERROR_STATUS[this.code];
  }
}

/** Ends the request with this code. */
export function refuse(code: ErrorCode, params?: Readonly<Record<string, string | number>>): never {
  throw new HubProblem(code, params);
}

/** The thing, or the answer that there is none: also where somebody may not know that there is. */
export function found<T>(thing: T | undefined | null): T {
  if (thing === undefined || thing === null) throw new HubProblem('not-found');
  return thing;
}
