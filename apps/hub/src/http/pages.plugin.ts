import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { HubProblem } from './problem';
import { sendProblem } from './problem.filter';

/** Where the built web apps lie: beside the built hub. */
export interface PageFolders {
  readonly console: string;
  readonly customer: string;
}

const NOT_PAGES = /^\/(api|webhooks|files|health|metrics|socket\.io|visitor)(\/|$)/;
// Built assets carry a hash in their name, so they never change.
const HASHED = /-[\w-]{8,}\.\w+$/;

/** Serves the console, the widget, the portal and the demo page. Whatever is not a file of the console is its start page: the console routes by itself. */
export async function pages(server: FastifyInstance, folders: PageFolders): Promise<void> {
  await server.register(fastifyStatic, { root: folders.console, serve: false });
  const send = (reply: FastifyReply, folder: string, file: string): FastifyReply => {
    void reply.header('cache-control', HASHED.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache');
    return reply.sendFile(file, folder, { cacheControl: false });
  };
  const customerFile = (reply: FastifyReply, file: string): FastifyReply => {
    void reply.header('cross-origin-resource-policy', 'cross-origin').header('access-control-allow-origin', '*');
    return send(reply, folders.customer, file);
  };
  server.get('/widget.js', (_, reply) => customerFile(reply, 'widget.js'));
  server.get('/widget/*', (request, reply) => customerFile(reply, path.posix.join('widget', (request.params as { '*': string })['*'])));
  const portal = (reply: FastifyReply): FastifyReply => reply.sendFile('portal/index.html', folders.customer, { cacheControl: false });
  server.get('/portal', (_, reply) => portal(reply));
  server.get('/portal/*', (request, reply) => {
    const asset = /^\/portal\/(assets\/[\w.-]+)$/.exec(request.url.split('?')[0]!)?.[1];
    return asset ? send(reply, folders.customer, path.posix.join('portal', asset)) : portal(reply);
  });
  server.get('/', (_, reply) => send(reply, folders.console, 'index.html'));
  server.get('/*', (request, reply) => {
    const wanted = decodeURI(request.url.split('?')[0]!);
    if (NOT_PAGES.test(wanted)) return sendProblem(reply, request, new HubProblem('not-found'));
    const file = path.posix.normalize(wanted).slice(1);
    return existsSync(path.join(folders.console, file)) && path.extname(file) !== ''
      ? send(reply, folders.console, file)
      : send(reply, folders.console, 'index.html');
  });
}
