import { Client } from 'pg';

/** Runs one step on a connection of its own to the server and closes it. */
export async function asAdministrator<T>(url: string, step: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await step(client);
  } finally {
    await client.end();
  }
}

/** The address of another database on the same server. */
export function onDatabase(url: string, database: string): string {
  const address = new URL(url);
  address.pathname = `/${database}`;
  return address.href;
}
