/** A server of one's own for the test databases (an administrator's address); absent: one embedded server per run. */
export function ownTestServer(): string | undefined {
  return process.env.CLAIMLINE_TEST_PG || undefined;
}

/** The folder of this test run, handed from jest's global setup to its workers; the server keeps its data there. */
export function testRunFolder(): string {
  const folder = process.env.CLAIMLINE_TEST_RUN;
  if (!folder) throw new Error('Test databases need the global setup of jest.config.js: it makes the folder they lie in.');
  return folder;
}

/** Hands the folder of this test run to every worker. */
export function handTestRunFolder(folder: string): void {
  process.env.CLAIMLINE_TEST_RUN = folder;
}
