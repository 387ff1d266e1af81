import type { WidgetSettings } from './widget-host';

/** Reads the tag that loaded the script; undefined where it names no chat. */
export function settingsOf(tag: Pick<HTMLScriptElement, 'src' | 'dataset'>, browserLanguage: string): WidgetSettings | undefined {
  const { inbox, language, user, userName, userEmail, userHash } = tag.dataset;
  if (!inbox) return undefined;
  return {
    hub: new URL(tag.src).origin,
    inbox,
    language: (language ?? browserLanguage).toLowerCase().startsWith('zh') ? 'zh-CN' : 'en',
    identity: user && userHash ? { userId: user, hash: userHash, name: userName, email: userEmail } : undefined,
  };
}
