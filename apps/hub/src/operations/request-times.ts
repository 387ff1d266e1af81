import type { FastifyInstance } from 'fastify';
import { requestSeconds } from './metrics';

/** Times every request by its route, never by its path: paths hold ids. */
export function timeRequests(server: FastifyInstance): void {
  server.addHook('onResponse', (request, reply, done) => {
    requestSeconds.observe(
      { method: request.method, route: request.routeOptions?.url ?? 'none', status: String(reply.statusCode) },
      reply.elapsedTime / 1000,
    );
    done();
  });
}
