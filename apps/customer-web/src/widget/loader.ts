import { browserStore, storageOf } from './browser-store';
import { Launcher } from './launcher';
import { settingsOf } from './script-tag';
import type { Panel, PanelModule, Store, WidgetSettings } from './widget-host';

declare global {
  interface Window {
    /** What a website may do with its chat. */
    claimlineChat?: { open(): void; close(): void; forget(): void };
  }
}

/** `import()`, as the build writes it. */
declare const __IMPORT__: (url: string) => Promise<PanelModule>;

// Written here by the build: the panel's name changes whenever the panel does.
const PANEL_FILE = '__PANEL_FILE__';
// Somebody who has chatted before is told of new messages, but their page comes first.
const QUIET_MS = 1500;

/** The chat of one script tag: a button, and the panel once somebody wants it. */
class Widget {
  private readonly launcher: Launcher;
  private readonly store: Store;
  private loading: Promise<Panel> | undefined;

  constructor(private readonly settings: WidgetSettings) {
    this.store = browserStore(settings.inbox, storageOf(window));
    this.launcher = new Launcher(document, settings, () => void this.open());
    const colour = this.store.get('colour');
    if (colour) this.launcher.showColour(colour);
    if (this.store.get('token')) setTimeout(() => void this.load().catch(() => undefined), QUIET_MS);
  }

  async open(): Promise<void> {
    this.launcher.showLoading(true);
    try {
      (await this.load()).open();
      this.launcher.showOpen(true);
    } catch {
      this.loading = undefined;
      this.launcher.showProblem();
    } finally {
      this.launcher.showLoading(false);
    }
  }

  async close(): Promise<void> {
    (await this.loading)?.close();
  }

  /** For the website's own sign-out. */
  async forget(): Promise<void> {
    if (this.loading) (await this.loading).forget();
    else for (const key of this.store.keys('')) this.store.remove(key);
  }

  private load(): Promise<Panel> {
    this.loading ??= __IMPORT__(`${this.settings.hub}/${PANEL_FILE}`).then((file) => this.mount(file));
    return this.loading;
  }

  private mount(file: PanelModule): Panel {
    const { launcher, settings, store } = this;
    return file.mount({
      root: launcher.root,
      settings,
      store,
      showUnread: (count) => launcher.showUnread(count),
      showColour: (colour) => {
        store.set('colour', colour);
        launcher.showColour(colour);
      },
      closed: () => launcher.showOpen(false),
    });
  }
}

function start(tag: HTMLScriptElement): void {
  const settings = settingsOf(tag, navigator.language);
  if (!settings || window.claimlineChat) return;
  const widget = new Widget(settings);
  window.claimlineChat = { open: () => void widget.open(), close: () => void widget.close(), forget: () => void widget.forget() };
}

// Known only while the script itself runs.
const tag = document.currentScript;
if (tag instanceof HTMLScriptElement) {
  if (document.body) start(tag);
  else document.addEventListener('DOMContentLoaded', () => start(tag), { once: true });
}
