import type { Browser } from 'playwright-core';
import { launchBrowser } from './browser';

describe('a browser is there on any machine', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchBrowser();
  }, 240_000);

  afterAll(() => browser?.close());

  it('runs scripts and lays text out', async () => {
    const page = await browser.newPage();
    await page.setContent('<p id="word">claim</p><script>document.title = [1, 2, 3].join("-")</script>');
    expect(await page.title()).toBe('1-2-3');
    const width = await page.locator('#word').evaluate((word) => {
      const range = document.createRange();
      range.selectNodeContents(word);
      return range.getBoundingClientRect().width;
    });
    expect(width).toBeGreaterThan(10); // without fonts it is zero
  });
});
