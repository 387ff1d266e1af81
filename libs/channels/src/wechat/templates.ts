import type { ChannelDeps, ProviderTemplate } from '@claimline/messages';
import type { WechatApi } from './api';

const FRESH_FOR = 10 * 60_000;

/** The approved templates of the account, asked for at most every ten minutes. */
export class TemplateShelf {
  private known: { at: number; templates: readonly ProviderTemplate[] } | undefined;

  constructor(
    private readonly api: WechatApi,
    private readonly clock: ChannelDeps['clock'],
  ) {}

  async all(): Promise<readonly ProviderTemplate[]> {
    const { template_list: list } = await this.api.ask('/cgi-bin/template/get_all_private_template');
    const templates = (Array.isArray(list) ? (list as Record<string, string>[]) : []).map(
      ({ template_id: name = '', content: body = '' }) => ({
        name,
        body,
        language: 'zh-CN',
        parameters: placeholders(body).length,
      }),
    );
    this.known = { at: this.clock.now().getTime(), templates };
    return templates;
  }

  async find(name: string): Promise<ProviderTemplate | undefined> {
    const age = this.clock.now().getTime() - (this.known?.at ?? -Infinity);
    const templates = age >= 0 && age < FRESH_FOR ? (this.known?.templates ?? []) : await this.all();
    return templates.find((template) => template.name === name);
  }
}

/** The names of a template's parameters in their order (`{{thing1.DATA}}`); `keyword1`, `keyword2`, … where the template does not tell. */
export function parameterNames(template: Pick<ProviderTemplate, 'body'> | undefined, count: number): string[] {
  const told = template ? placeholders(template.body) : [];
  return Array.from({ length: count }, (_, index) => told[index] ?? `keyword${index + 1}`);
}

const placeholders = (body: string): string[] => [
  ...new Set([...body.matchAll(/\{\{\s*([\w]+)\.DATA\s*\}\}/g)].map(([, name = '']) => name)),
];
