import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { ClaimEvent, ClaimEventAnswer, ImportAnswer, PolicyImport, Problem } from '@claimline/protocol';
import { cleanupOpenApiDoc } from 'nestjs-zod';
import { z } from 'zod';
import { PUBLIC_ROUTES } from './public-routes';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Schema = object;

const METHODS = ['get', 'post', 'put', 'patch', 'delete', 'options'] as const;
const PROBLEM = { $ref: '#/components/schemas/Problem' };

/** The REST contract at `/api/openapi.json` and its pages at `/api/docs`: made from the same schemas that check the requests. */
export function serveContract(app: NestFastifyApplication, version: string): void {
  const described = new DocumentBuilder()
    .setTitle('Claimline')
    .setDescription(
      'Customer messaging for insurance claims. Errors are RFC 9457 problems with a `code`; every POST takes an `Idempotency-Key`; lists have a cursor and a limit of at most 100.',
    )
    .setVersion(version)
    .addCookieAuth('claimline_session')
    .addBearerAuth()
    .build();
  SwaggerModule.setup('api/docs', app, () => complete(cleanupOpenApiDoc(SwaggerModule.createDocument(app, described))), {
    jsonDocumentUrl: 'api/openapi.json',
    raw: ['json'],
    customSiteTitle: 'Claimline API',
  });
}

/** Adds what Nest cannot know: the doors that stand beside it, the form of every refusal, and which routes want whom. */
function complete(document: OpenAPIObject): OpenAPIObject {
  const paths = { ...document.paths, ...BESIDE_NEST };
  for (const [path, item] of Object.entries(paths))
    for (const method of METHODS) if (item[method]) finish(item[method], `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`);
  const schemas = { ...document.components?.schemas, Problem: schemaOf(Problem) };
  return { ...document, paths, components: { ...document.components, schemas } };
}

function finish(operation: Operation, route: string): void {
  operation.responses = {
    ...operation.responses,
    default: { description: 'A problem (RFC 9457)', content: { 'application/problem+json': { schema: PROBLEM } } },
  };
  operation.security ??= PUBLIC_ROUTES.includes(route) ? [] : [{ cookie: [] }, { bearer: [] }];
}

const schemaOf = (schema: z.ZodType): Schema => z.toJSONSchema(schema, { target: 'openapi-3.0', io: 'input' }) as Schema;
const json = (schema: Schema, type = 'application/json'): object => ({ [type]: { schema } });
const answer = (description: string, schema: z.ZodType): object => ({ description, content: json(schemaOf(schema)) });

// The portal is one page: it reads from its own address what to show, and asks `/api/portal` for it.
const PORTAL_PAGE = {
  tags: ['portal'],
  responses: { 200: { description: 'The page', content: json({ type: 'string' }, 'text/html') } },
};

// Routes that take raw bytes or streams stand straight on Fastify (claim-doors.plugin.ts, policy-import.plugin.ts, webhooks.plugin.ts), as the portal's pages do (pages.plugin.ts).
const EVENT = schemaOf(ClaimEvent);
const BESIDE_NEST = {
  '/api/claim-events': {
    post: {
      tags: ['claims'],
      operationId: 'ClaimDoors_takeEvents',
      summary: 'What changed about claims: CloudEvents 1.0, structured, binary or batch; by API key or signed (Standard Webhooks)',
      security: [{ bearer: [] }, {}],
      requestBody: {
        required: true,
        content: {
          ...json(EVENT, 'application/cloudevents+json'),
          ...json({ type: 'array', items: EVENT }, 'application/cloudevents-batch+json'),
          ...json({ type: 'object', description: 'The `data` alone; the attributes are in `ce-` headers' }),
        },
      },
      responses: {
        200: answer('Known already, all of it', z.union([ClaimEventAnswer, z.array(ClaimEventAnswer)])),
        202: answer('Stored; a batch is answered by a list', z.union([ClaimEventAnswer, z.array(ClaimEventAnswer)])),
      },
    },
    options: {
      tags: ['claims'],
      operationId: 'ClaimDoors_handshake',
      summary: 'Whether events may be sent here (CloudEvents HTTP webhooks §4)',
      responses: { 200: { description: 'They may', content: json({ type: 'string', maxLength: 0 }, 'text/plain') } },
    },
  },
  '/api/claims/import': {
    post: {
      tags: ['claims'],
      operationId: 'ClaimDoors_importClaims',
      summary: 'Loads many claims at once, a line each; twice is as good as once',
      requestBody: { required: true, content: json({ type: 'string', description: 'A claim per line' }, 'application/x-ndjson') },
      responses: { 200: answer('What was loaded, and which lines could not be', ImportAnswer) },
    },
  },
  '/api/policies/import': {
    post: {
      tags: ['policies'],
      operationId: 'PolicyDoor_importPolicies',
      summary: 'Loads a list of policies, a line each, for houses whose claim core has no search; a newer line about a policy counts',
      requestBody: {
        required: true,
        content: json(
          { type: 'string', description: 'Columns: number, lineOfBusiness, holder, phone, plate, startsOn, endsOn; days as 2026-01-31' },
          'text/csv',
        ),
      },
      responses: { 200: answer('What was loaded, and which lines could not be', PolicyImport) },
    },
  },
  '/portal': {
    get: { ...PORTAL_PAGE, operationId: 'Pages_portal', summary: 'The front door of the portal, where customers sign in by code' },
  },
  '/portal/*': {
    get: {
      ...PORTAL_PAGE,
      operationId: 'Pages_portalLink',
      summary: 'The page of a link that a customer was sent: /portal/<purpose>/<token>',
    },
  },
  '/webhooks/{inboxId}': {
    post: {
      tags: ['providers'],
      operationId: 'Webhooks_take',
      summary: 'What a provider tells, in its own form and with its own proof; below this path too',
      parameters: [{ name: 'inboxId', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }],
      requestBody: { required: true, content: json({ type: 'string', format: 'binary' }, '*/*') },
      responses: { 200: { description: 'What this provider wants to hear', content: json({ type: 'string' }, '*/*') } },
    },
  },
} as unknown as OpenAPIObject['paths'];
