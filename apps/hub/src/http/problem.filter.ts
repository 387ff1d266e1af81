import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Log } from '@claimline/messages';
import type { ErrorCode, Problem } from '@claimline/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ZodValidationException } from 'nestjs-zod';
import type { ZodError } from 'zod';
import { HubProblem } from './problem';

/** Turns everything that is thrown into `application/problem+json` (RFC 9457). What we did not expect is logged, and tells the outside nothing. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const problem = toProblem(error);
    if (problem.status >= 500)
      this.log.error({ requestId: request.id, route: request.routeOptions?.url, error: describe(error) }, 'a request failed');
    sendProblem(http.getResponse<FastifyReply>(), request, problem);
  }
}

/** Answers a request with a problem, also from hooks that run before Nest. */
export function sendProblem(reply: FastifyReply, request: FastifyRequest, problem: HubProblem): void {
  const body: Problem = {
    type: 'about:blank',
    title: problem.code,
    status: problem.status,
    code: problem.code,
    params: { ...problem.params },
    fields: problem.fields && [...problem.fields],
    requestId: String(request.id),
  };
  if (problem.retryAfter !== undefined) void reply.header('retry-after', String(problem.retryAfter));
  void reply.status(problem.status).header('content-type', 'application/problem+json; charset=utf-8').send(JSON.stringify(body));
}

const CODE_OF_STATUS: Readonly<Record<number, ErrorCode>> = {
  400: 'bad-request',
  401: 'not-signed-in',
  403: 'not-allowed',
  404: 'not-found',
  405: 'method-not-allowed',
  413: 'too-large',
  415: 'unsupported-type',
  422: 'invalid',
  429: 'too-many-requests',
  503: 'unavailable',
};

/** The problem that an error amounts to. */
export function toProblem(error: unknown): HubProblem {
  if (error instanceof HubProblem) return error;
  if (error instanceof ZodValidationException) return invalid(error.getZodError() as ZodError);
  if (error instanceof HttpException) return new HubProblem(CODE_OF_STATUS[error.getStatus()] ?? 'internal');
  if (isDatabaseDown(error)) return new HubProblem('unavailable', {}, undefined, 2);
  return new HubProblem(CODE_OF_STATUS[(error as { statusCode?: number }).statusCode ?? 500] ?? 'internal');
}

const invalid = (error: ZodError): HubProblem =>
  new HubProblem(
    'invalid',
    {},
    error.issues.map((issue) => ({ path: issue.path.join('.'), problem: issue.message })),
  );

// SQLSTATE 57P0x: the server is going down or not up yet; 53300: no connection left; 08xxx: connection lost.
const DOWN = /^(57P0[1-3]|53300|08...|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT)$/;
// A transaction whose connection dies between two statements has lost its runner before the next one.
const DOWN_WORDS =
  /timeout exceeded when trying to connect|no transaction could begin|Connection terminated|Client has encountered a connection error|not queryable|Query runner already released/i;

/** Whether the database could not be reached, as opposed to having refused something. */
export function isDatabaseDown(error: unknown): boolean {
  const { code, message, syscall } = error as { code?: unknown; message?: unknown; syscall?: unknown };
  return (
    syscall === 'connect' || (typeof code === 'string' && DOWN.test(code)) || (typeof message === 'string' && DOWN_WORDS.test(message))
  );
}

const describe = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}\n${error.stack?.split('\n').slice(1, 6).join('\n') ?? ''}` : String(error);
