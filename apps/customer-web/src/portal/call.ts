import type { ErrorCode } from '@claimline/protocol';

/** The hub said no, and why; `offline` where it was not reached. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly code: ErrorCode | 'offline',
    /** Seconds to wait, where the hub said so. */
    readonly retryAfter: number | null = null,
    readonly fields: readonly { path: string; problem: string }[] = [],
  ) {
    super(code);
  }
}

interface ProblemBody {
  readonly code?: ErrorCode;
  readonly fields?: readonly { path: string; problem: string }[];
}

async function refusalOf(answer: Response): Promise<Refusal> {
  const body = (await answer.json().catch(() => ({}))) as ProblemBody;
  const wait = Number(answer.headers.get('retry-after'));
  return new Refusal(body.code ?? (answer.status >= 500 ? 'unavailable' : 'bad-request'), wait > 0 ? wait : null, body.fields);
}

/**
 * Asks the hub, below `/api/portal/`. A body that is a form goes as one (files), any other as JSON.
 * @throws Refusal
 */
export async function call<Answer>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object | FormData): Promise<Answer> {
  const isForm = body instanceof FormData;
  const headers: Record<string, string> = isForm ? { 'x-requested-with': 'portal' } : body ? { 'content-type': 'application/json' } : {};
  const answer = await fetch(`/api/portal/${path}`, {
    method,
    headers,
    body: isForm ? body : body && JSON.stringify(body),
    credentials: 'same-origin',
    cache: 'no-store',
  }).catch(() => {
    throw new Refusal('offline');
  });
  if (!answer.ok) throw await refusalOf(answer);
  const text = await answer.text();
  return (text ? JSON.parse(text) : undefined) as Answer;
}
