import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { World } from '../world/world';
import { launchBrowser } from './browser';

/** Who opens the console, and how it looks on their screen. */
export interface Visitor {
  readonly role?: string;
  /** The n-th person of that role. */
  readonly n?: number;
  readonly screen?: BrowserContextOptions;
}

const DESK: BrowserContextOptions = { viewport: { width: 1440, height: 900 }, locale: 'en-US', colorScheme: 'light' };

/** A hub with its demo, a browser, and people at the console in windows of their own. */
export class Office {
  private constructor(
    readonly world: World,
    readonly browser: Browser,
  ) {}

  static async open(): Promise<Office> {
    const [world, browser] = await Promise.all([World.open(), launchBrowser()]);
    return new Office(world, browser);
  }

  person(role = 'adjuster', n = 0): { readonly name: string; readonly email: string; readonly password: string } {
    const person = this.world.manifest.people.filter((one) => one.role === role)[n];
    if (!person) throw new Error(`the demo has no ${role} number ${n}`);
    return person;
  }

  /** A window in which nobody has signed in. */
  async window(screen: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.browser.newContext({ ...DESK, ...screen, baseURL: this.world.hub.url });
    const page = await context.newPage();
    page.setDefaultTimeout(45_000); // a loaded machine is slow, not wrong
    return page;
  }

  /** Somebody's window, signed in, speaking English whatever the person's own language is. */
  async seat({ role, n, screen }: Visitor = {}): Promise<Page> {
    const { email, password } = this.person(role, n);
    const page = await this.window(screen);
    const { url } = this.world.hub;
    const headers = { origin: url };
    const signedIn = await page.request.post('/api/auth/sign-in', { data: { email, password }, headers });
    if (!signedIn.ok()) throw new Error(`sign-in answered ${signedIn.status()}`);
    await page.request.patch('/api/me', { data: { locale: 'en' }, headers });
    return page;
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.world.close();
  }
}

/** Types, clicks and counts: a chord such as `Control+Enter` is one stroke of the hand. */
export class Keyboard {
  strokes = 0;

  constructor(private readonly page: Page) {}

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      this.strokes += 1;
      await this.page.keyboard.press(key);
    }
  }

  async type(text: string): Promise<void> {
    this.strokes += text.length;
    await this.page.keyboard.type(text);
  }
  /** A click counts like a key. */
  async click(what: Locator): Promise<void> {
    this.strokes += 1;
    await what.click();
  }
}
