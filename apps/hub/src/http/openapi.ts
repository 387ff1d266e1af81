import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { cleanupOpenApiDoc } from 'nestjs-zod';

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
  SwaggerModule.setup('api/docs', app, () => cleanupOpenApiDoc(SwaggerModule.createDocument(app, described)), {
    jsonDocumentUrl: 'api/openapi.json',
    yamlDocumentUrl: 'api/openapi.yaml',
  });
}
