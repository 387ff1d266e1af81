import type { Readable } from 'node:stream';
import { ImportedPolicies, isDay, type Policy } from '@claimline/claims';
import type { Clock, Database } from '@claimline/database';
import { Audit } from '@claimline/people';
import type { PolicyImport } from '@claimline/protocol';
import { CsvError, parse } from 'csv-parse';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { guarded, requirePoster } from '../claims/claim-doors.plugin';
import type { Authenticator } from '../http/principal';
import { HubProblem } from '../http/problem';

const LIMIT = 256 * 1024 * 1024;
const AT_ONCE = 500;
const MOST_ERRORS = 1000;

/** What the door for policy lists needs. */
export interface PolicyDoor {
  readonly database: Database;
  readonly authenticator: Authenticator;
  readonly policies: ImportedPolicies;
  readonly audit: Audit;
  readonly clock: Clock;
}

/** `POST /api/policies/import`: CSV, read as it comes and loaded in batches; straight on Fastify, because a list is too long to be held in memory. */
export async function policyImport(server: FastifyInstance, deps: PolicyDoor): Promise<void> {
  await server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { bodyLimit: LIMIT }, (_, body, done) => done(null, body));
    scope.post('/api/policies/import', { bodyLimit: LIMIT }, (request, reply) =>
      guarded(request, reply, async () => reply.status(200).send(await load(request, deps).catch(refuseBroken))),
    );
  });
}

// An open quotation mark swallows the rest of the list: what stood before it may be loaded, and loading again is harmless.
function refuseBroken(error: unknown): never {
  if (!(error instanceof CsvError)) throw error;
  throw new HubProblem('invalid', {}, [{ path: `line ${Number(error['lines'] ?? 0)}`, problem: 'this is not CSV' }]);
}

async function load(request: FastifyRequest, deps: PolicyDoor): Promise<PolicyImport> {
  const who = await requirePoster(request, deps.authenticator);
  const total: PolicyImport = { read: 0, loaded: 0, errors: [] };
  let waiting: Policy[] = [];
  const flush = async (): Promise<void> => {
    if (waiting.length > 0) await deps.policies.load(deps.database, waiting, deps.clock.now());
    total.loaded += waiting.length;
    waiting = [];
  };
  for await (const { record, info } of rowsOf(request.body as Readable)) {
    total.read += 1;
    const policy = policyOf(record);
    if (typeof policy !== 'string') waiting.push(policy);
    else if (total.errors.length < MOST_ERRORS) total.errors.push({ line: info.lines, problem: policy });
    if (waiting.length >= AT_ONCE) await flush();
  }
  await flush();
  await deps.audit.record(deps.database, {
    actor: { kind: who.kind, id: who.id },
    action: 'policies.import',
    subject: 'policies',
    subjectId: '',
    facts: { loaded: total.loaded, errors: total.errors.length },
    at: deps.clock.now(),
  });
  return total;
}

type Row = { readonly record: Readonly<Record<string, string>>; readonly info: { readonly lines: number } };

function rowsOf(body: Readable): AsyncIterable<Row> {
  return body.pipe(
    parse({
      columns: (names: string[]) => names.map(columnOf),
      bom: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      info: true,
    }),
  ) as AsyncIterable<Row>;
}

// A spreadsheet's own headings: without case, spaces and underscores, or in Chinese.
const COLUMNS: Readonly<Record<string, string>> = {
  保单号: 'number',
  险种: 'lineofbusiness',
  投保人: 'holder',
  被保险人: 'holder',
  电话: 'phone',
  手机号: 'phone',
  车牌号: 'plate',
  起保日期: 'startson',
  终保日期: 'endson',
  policynumber: 'number',
  line: 'lineofbusiness',
};
const columnOf = (name: string): string => {
  const plain = name.toLowerCase().replace(/[\s_-]/g, '');
  return COLUMNS[plain] ?? plain;
};

/** The policy of a row, or what is wrong with it. */
function policyOf(row: Readonly<Record<string, string>>): Policy | string {
  const text = (name: string): string | null => row[name] || null;
  const number = text('number');
  if (!number) return 'number: is missing';
  if (number.length > 60) return 'number: at most 60 characters';
  const days = ['startson', 'endson'].find((name) => text(name) !== null && !isDay(text(name)!));
  if (days) return `${days === 'startson' ? 'startsOn' : 'endsOn'}: not a day like 2026-01-31`;
  return {
    number,
    lineOfBusiness: text('lineofbusiness') ?? 'other',
    holder: text('holder') ?? '',
    phone: text('phone'),
    plate: text('plate'),
    startsOn: text('startson'),
    endsOn: text('endson'),
  };
}
