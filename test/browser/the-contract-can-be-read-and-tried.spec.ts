import { Office } from './office';

let office: Office;
beforeAll(async () => {
  office = await Office.open();
}, 240_000);
afterAll(() => office?.close());

test('the pages of the REST contract load under our own content policy and can try a route', async () => {
  const page = await office.seat({ role: 'supervisor' });
  const complaints: string[] = [];
  page.on('console', (line) => line.type() === 'error' && complaints.push(line.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  const foreign: string[] = [];
  page.on(
    'request',
    (request) => !request.url().startsWith(office.world.hub.url) && !/^(data|blob):/.test(request.url()) && foreign.push(request.url()),
  );

  await page.goto('/api/docs');
  await page.getByText('Customer messaging for insurance claims').waitFor();
  const route = page.locator('.opblock', { has: page.locator('[data-path="/api/me"]') }).first();
  await route.locator('.opblock-summary-control').click();
  await route.getByRole('button', { name: 'Try it out' }).click();
  await route.getByRole('button', { name: 'Execute', exact: true }).click();
  await route.locator('.live-responses-table .response-col_status', { hasText: '200' }).waitFor();

  expect(complaints).toEqual([]);
  expect(foreign).toEqual([]);
}, 240_000);
