// The floor for a server: node:http and pg, the hub's own statement with one message per request. It checks no signature and reads no form.
import { createServer } from 'node:http';
import { Pool } from 'pg';
import { INBOUND, inboundValues, type Place } from './inbound-statement';

const [url = '', place = '{}'] = process.argv.slice(2);
const where = JSON.parse(place) as Place;
const pool = new Pool({ connectionString: url, max: 32 });
let n = 0;

const server = createServer((request, response) => {
  request.resume();
  request.once('end', () => {
    pool.query({ name: 'inbound', text: INBOUND, values: inboundValues(where, n++) }).then(
      () => response.end('<Response/>'),
      () => response.writeHead(500).end(),
    );
  });
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as { port: number }).port}\n`));
process.once('SIGTERM', () => process.exit(0));
