// The floor for a server: node:http and pg, the same SQL as one named statement per request, no signature, no parsing worth the name.
import { createServer } from 'node:http';
import { Pool } from 'pg';
import { INBOUND_SQL, inboundValues } from './inbound-sql';

const [url = '', inboxId = '', brandId = '', line = ''] = process.argv.slice(2);
const pool = new Pool({ connectionString: url, max: 20 });
let n = 0;

const server = createServer((request, response) => {
  request.resume();
  request.once('end', () => {
    pool.query({ name: 'inbound', text: INBOUND_SQL, values: inboundValues({ inboxId, brandId, line }, n++) }).then(
      () => response.end('<Response/>'),
      () => response.writeHead(500).end(),
    );
  });
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as { port: number }).port}\n`));
process.once('SIGTERM', () => process.exit(0));
