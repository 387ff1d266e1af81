import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An insurer's website that allows as little as it can: nothing inline, nothing from anywhere but the hub of the chat. */
export class Website {
  /** The tag's further attributes, e.g. ` data-language="en"`. */
  tag = '';

  private constructor(
    private readonly server: Server,
    private readonly hub: string,
    private readonly inboxId: string,
  ) {}

  static async open(hub: string, inboxId: string): Promise<Website> {
    const server = createServer();
    const site = new Website(server, hub, inboxId);
    server.on('request', (_, response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': site.policy, connection: 'close' });
      response.end(site.page);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return site;
  }

  get origin(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private get policy(): string {
    const sockets = this.hub.replace(/^http/, 'ws');
    return `default-src 'none'; script-src ${this.hub}; connect-src ${this.hub} ${sockets}; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'`;
  }

  private get page(): string {
    return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Claims</title>
<script src="${this.hub}/widget.js" data-inbox="${this.inboxId}"${this.tag} async></script></head>
<body><main><h1>Had an accident?</h1><p>We are sorry to hear that.</p></main></body></html>`;
  }
}
