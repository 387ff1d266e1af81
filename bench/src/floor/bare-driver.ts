// Stands in for pgbench where there is none: the driver alone, one prepared statement after the other on each connection. Prints what it got done as JSON.
import { Client } from 'pg';
import { atOnce } from '../ground/load';
import { INBOUND, inboundValues, type Place } from './inbound-statement';

const [url = '', place = '{}', connections = '32', seconds = '3'] = process.argv.slice(2);
const where = JSON.parse(place) as Place;

async function run(): Promise<void> {
  const clients = Array.from({ length: Number(connections) }, () => new Client({ connectionString: url }));
  await Promise.all(clients.map((client) => client.connect()));
  const work = await atOnce(clients.length, Number(seconds), async (lane, n) => {
    await clients[lane]!.query({ name: 'inbound', text: INBOUND, values: inboundValues(where, n) });
  });
  await Promise.all(clients.map((client) => client.end()));
  process.stdout.write(JSON.stringify(work));
}

run().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
