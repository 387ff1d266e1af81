import { Problem, type ErrorCode } from '@claimline/protocol';

/** The hub said no, and why: `code` is translated by `useWords().error`. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly status: number,
    readonly code: ErrorCode,
    readonly params: Readonly<Record<string, string | number>> = {},
    readonly fields: readonly { path: string; problem: string }[] = [],
    readonly requestId: string | null = null,
    /** Seconds to wait before asking again, where the hub said so. */
    readonly retryAfter: number | null = null,
  ) {
    super(code);
  }
}

/** The hub was not reached, or its answer got lost: nobody knows whether a request was heard. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';
}

/** Whether waiting and asking again with the same idempotency key may help. */
export function mayPass(error: unknown): boolean {
  if (error instanceof NetworkError) return true;
  return error instanceof ApiError && (error.status >= 500 || error.code === 'request-in-flight' || error.code === 'too-many-requests');
}

const retryAfterOf = (header: string | null): number | null => (header && /^\d+$/.test(header) ? Number(header) : null);

/** Reads an error's body; a body that is no problem document (a proxy's page) still becomes an error with a code. */
export function problemOf(status: number, body: unknown, retryAfter: string | null): ApiError {
  const read = Problem.safeParse(body);
  const wait = retryAfterOf(retryAfter);
  if (!read.success) return new ApiError(status, status >= 500 ? 'unavailable' : 'bad-request', {}, [], null, wait);
  const { code, params, fields, requestId } = read.data;
  return new ApiError(status, code, params, fields, requestId, wait);
}
