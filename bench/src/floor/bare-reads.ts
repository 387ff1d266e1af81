// What the machine does at most: the driver alone, reading one row by its key, one prepared statement after the other on each connection. Prints statements a second.
import { Client } from 'pg';
import { atOnce } from '../ground/load';

const [url = '', connections = '8', seconds = '2'] = process.argv.slice(2);

async function run(): Promise<void> {
  const clients = Array.from({ length: Number(connections) }, () => new Client({ connectionString: url }));
  await Promise.all(clients.map((client) => client.connect()));
  const { perSecond } = await atOnce(clients.length, Number(seconds), async (lane) => {
    await clients[lane]!.query({ name: 'one-row', text: 'SELECT position FROM consumers WHERE name = $1', values: ['intake'] });
  });
  await Promise.all(clients.map((client) => client.end()));
  process.stdout.write(String(perSecond));
}

run().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
