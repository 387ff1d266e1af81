/** What the script tag says, and where the hub is. */
export interface WidgetSettings {
  /** Origin of the hub, from which the script came. */
  readonly hub: string;
  readonly inbox: string;
  readonly language: 'en' | 'zh-CN';
  /** Whom the website vouches for. */
  readonly identity?: { readonly userId: string; readonly name?: string; readonly email?: string; readonly hash: string };
}

/** Texts that outlive the page, kept per chat; where the browser forbids that, they live as long as the page. */
export interface Store {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
  remove(key: string): void;
  /** The keys that begin so, in the order of their names. */
  keys(prefix: string): string[];
}

/** What the loader gives the panel. The two share no code, so that the loader stays small. */
export interface PanelHost {
  readonly root: ShadowRoot;
  readonly settings: WidgetSettings;
  readonly store: Store;
  /** How many messages wait to be read. */
  showUnread(count: number): void;
  /** The line's colour, as soon as it is known. */
  showColour(colour: string): void;
  closed(): void;
}

/** The chat itself, once it is loaded. */
export interface Panel {
  open(): void;
  close(): void;
  /** Forgets who this is: whoever comes next at this browser begins anew. */
  forget(): void;
}

/** What the panel's file exports. */
export interface PanelModule {
  mount(host: PanelHost): Panel;
}
