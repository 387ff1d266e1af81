import { createHash } from 'node:crypto';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Clock, Database, Seal } from '@claimline/database';
import type { FastifyReply } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { HubProblem } from './problem';
import { toProblem } from './problem.filter';
import type { SignedRequest } from './principal';

interface SealedAnswer {
  readonly keyId: string;
  readonly sealed: string;
}

interface Row {
  readonly made: boolean;
  readonly body_hash: Buffer;
  readonly status: number | null;
  readonly answer: SealedAnswer | null;
  readonly at: Date;
}

// A request that has neither answered nor failed for this long belongs to a process that died; its key may be used again.
const ABANDONED_MS = 60_000;
const KEPT_MS = 24 * 3_600_000;

// The parts of an upload are read by its handler, after this; what is known of it now is its length.
function bodyHash(request: SignedRequest): Buffer {
  const upload = request.headers['content-type']?.startsWith('multipart/');
  const body = upload ? `upload of ${request.headers['content-length']} bytes` : JSON.stringify(request.body ?? null);
  return createHash('sha256').update(body).digest();
}

/**
 * `Idempotency-Key` on every POST: the same body gets the first answer again, another body 422, one in flight 409.
 * Kept for a day per principal and route. (draft-ietf-httpapi-idempotency-key-header)
 */
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly seal: Seal,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const request = context.switchToHttp().getRequest<SignedRequest>();
    const key = request.headers['idempotency-key'];
    if (request.method !== 'POST' || typeof key !== 'string' || !request.principal) return next.handle();
    return from(this.once(request, context.switchToHttp().getResponse<FastifyReply>(), key, next));
  }

  private async once(request: SignedRequest, reply: FastifyReply, key: string, next: CallHandler): Promise<unknown> {
    if (key.length > 200) throw new HubProblem('invalid', {}, [{ path: 'Idempotency-Key', problem: 'at most 200 characters' }]);
    const where = [
      `${request.principal!.kind}:${request.principal!.id}`,
      `${request.routeOptions.url ?? ''} ${request.url.split('?')[0]}`,
      key,
    ];
    const hash = bodyHash(request);
    const row = await this.begin(where, hash);
    if (!row.made) return this.replay(row, hash, reply);
    try {
      const answer: unknown = await lastValueFrom(next.handle(), { defaultValue: undefined });
      await this.end(where, reply.statusCode, answer);
      return answer;
    } catch (error) {
      // Nothing happened, so the same key may be tried again.
      if (toProblem(error).status >= 400) await this.forget(where);
      throw error;
    }
  }

  private replay(row: Row, hash: Buffer, reply: FastifyReply): unknown {
    if (!row.body_hash.equals(hash)) throw new HubProblem('idempotency-key-reused');
    if (row.status === null) throw new HubProblem('request-in-flight', {}, undefined, 1);
    void reply.status(row.status).header('idempotency-replayed', 'true');
    return this.unsealed(row.answer);
  }

  private async begin(where: readonly string[], hash: Buffer): Promise<Row> {
    const now = this.clock.now();
    const [row] = await this.database.query<Row>({
      name: 'idempotency-begin',
      text: `WITH made AS (
               INSERT INTO idempotency_keys (principal, route, key, body_hash, at) VALUES ($1, $2, $3, $4, $5)
               ON CONFLICT (principal, route, key) DO UPDATE SET at = excluded.at, body_hash = excluded.body_hash, status = NULL, answer = NULL
               WHERE (idempotency_keys.status IS NULL AND idempotency_keys.at < $6) OR idempotency_keys.at < $7
               RETURNING body_hash, status, answer, at)
             SELECT true AS made, * FROM made
             UNION ALL SELECT false, body_hash, status, answer, at FROM idempotency_keys WHERE principal = $1 AND route = $2 AND key = $3 AND NOT EXISTS (SELECT FROM made)`,
      values: [...where, hash, now, new Date(now.getTime() - ABANDONED_MS), new Date(now.getTime() - KEPT_MS)],
    });
    // Made by somebody else after our snapshot: it is in flight.
    return row ?? { made: false, body_hash: hash, status: null, answer: null, at: now };
  }

  private async end(where: readonly string[], status: number, answer: unknown): Promise<void> {
    await this.database.query({
      name: 'idempotency-end',
      text: 'UPDATE idempotency_keys SET status = $4, answer = $5::jsonb WHERE principal = $1 AND route = $2 AND key = $3',
      values: [...where, status, JSON.stringify(this.sealed(answer))],
    });
  }

  // An answer may hold a secret that is shown once, or a customer's words: it waits here sealed.
  private sealed(answer: unknown): SealedAnswer {
    const { keyId, sealed } = this.seal.seal(Buffer.from(JSON.stringify(answer ?? null), 'utf8'));
    return { keyId, sealed: sealed.toString('base64') };
  }

  private unsealed(answer: SealedAnswer | null): unknown {
    return answer && JSON.parse(this.seal.open({ keyId: answer.keyId, sealed: Buffer.from(answer.sealed, 'base64') }).toString('utf8'));
  }

  private async forget(where: readonly string[]): Promise<void> {
    await this.database.query({
      name: 'idempotency-forget',
      text: 'DELETE FROM idempotency_keys WHERE principal = $1 AND route = $2 AND key = $3',
      values: where,
    });
  }
}
