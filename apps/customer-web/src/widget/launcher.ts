import { colourRule } from './colour';
import { LAUNCHER_STYLES } from './launcher-styles';
import type { WidgetSettings } from './widget-host';

const WORDS = {
  en: {
    open: 'Chat with us',
    unread: (count: number) => `Chat with us, ${count} new`,
    problem: 'The chat cannot be loaded now. Please try again.',
  },
  'zh-CN': { open: '在线咨询', unread: (count: number) => `在线咨询，${count} 条新消息`, problem: '暂时无法打开在线咨询，请重试。' },
};
// A speech bubble with two lines, on a grid of 24.
const BUBBLE = 'M4 4h16a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-7l-5 4v-4H4a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2zm3 4.5h10M7 12h6';

/** The button that opens the chat, in a shadow root of its own. */
export class Launcher {
  readonly root: ShadowRoot;
  private readonly button: HTMLButtonElement;
  private readonly count: HTMLElement;
  private readonly problem: HTMLElement;
  private readonly colour = new CSSStyleSheet();

  constructor(
    page: Document,
    private readonly settings: WidgetSettings,
    onPress: () => void,
  ) {
    const host = page.createElement('claimline-chat');
    host.lang = settings.language;
    this.root = host.attachShadow({ mode: 'open' });
    const styles = new CSSStyleSheet();
    styles.replaceSync(LAUNCHER_STYLES);
    // Sheets that script makes obey a content policy that forbids style tags and attributes.
    this.root.adoptedStyleSheets = [styles, this.colour];
    this.button = page.createElement('button');
    this.button.className = 'launch';
    this.button.type = 'button';
    this.button.setAttribute('aria-haspopup', 'dialog');
    this.button.addEventListener('click', onPress);
    this.count = page.createElement('span');
    this.count.className = 'count';
    this.count.setAttribute('aria-hidden', 'true');
    this.button.append(bubble(page), this.count);
    this.problem = page.createElement('div');
    this.problem.className = 'problem';
    this.problem.setAttribute('role', 'alert');
    this.root.append(this.button, this.problem);
    this.showUnread(0);
    page.body.append(host);
  }

  showUnread(count: number): void {
    const words = WORDS[this.settings.language];
    this.count.textContent = count > 0 ? (count > 99 ? '99+' : String(count)) : '';
    this.button.setAttribute('aria-label', count > 0 ? words.unread(count) : words.open);
  }

  showColour(colour: string): void {
    this.colour.replaceSync(colourRule(colour));
  }

  showLoading(isLoading: boolean): void {
    this.button.setAttribute('aria-busy', String(isLoading));
    if (isLoading) this.problem.textContent = '';
  }

  showProblem(): void {
    this.problem.textContent = WORDS[this.settings.language].problem;
  }

  showOpen(isOpen: boolean): void {
    this.button.hidden = isOpen;
    this.button.setAttribute('aria-expanded', String(isOpen));
    if (!isOpen) this.button.focus();
  }
}

function bubble(page: Document): SVGSVGElement {
  const svg = page.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const path = page.createElementNS('http://www.w3.org/2000/svg', 'path');
  const shape = {
    viewBox: '0 0 24 24',
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': '1.8',
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
    'aria-hidden': 'true',
  };
  for (const [name, value] of Object.entries(shape)) svg.setAttribute(name, value);
  path.setAttribute('d', BUBBLE);
  svg.append(path);
  return svg;
}
