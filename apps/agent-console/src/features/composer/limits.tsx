import { smsSegments } from '@claimline/messages';
import type { ComposerChannel } from '@claimline/protocol';
import { IconClockHour4, IconLock, IconUserQuestion } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../locales';
import { span, useNow } from '../../ui';
import styles from './composer.module.css';
import { windowClosed } from './composer-rules';

// Below this the writer should know that the window is closing.
const CLOSING = 24 * 3_600_000;

function Hint({ icon: Icon, tone, children }: { readonly icon: typeof IconLock; readonly tone?: string; readonly children: ReactNode }) {
  return (
    <span className={styles.hint} data-tone={tone}>
      <Icon size={13} stroke={1.8} aria-hidden="true" />
      {children}
    </span>
  );
}

/** How long a text may be, in what the channel counts: SMS parts, or characters when it gets tight. */
export function Length({ channel, text }: { readonly channel: ComposerChannel; readonly text: string }) {
  const { t } = useTranslation('composer');
  if (channel.segments) {
    const { encoding, units, segments, left } = smsSegments(text);
    const title = t(encoding === 'gsm-7' ? 'gsm' : 'ucs');
    return (
      <span className={styles.length} data-over={text.length > channel.maxText || undefined} title={title}>
        {t('parts', { count: segments })} · {units}/{units + left}
      </span>
    );
  }
  if (text.length < channel.maxText * 0.8) return null;
  return (
    <span className={styles.length} data-over={text.length > channel.maxText || undefined}>
      {text.length}/{channel.maxText}
    </span>
  );
}

/** What one should know of the channel before writing: why it cannot, until when it can, whether the customer agreed. */
export function Hints({ channel }: { readonly channel: ComposerChannel }) {
  const { t, i18n } = useTranslation('composer');
  const words = useWords();
  const now = useNow(20_000);
  const left = channel.windowUntil ? Date.parse(channel.windowUntil) - now : null;
  const closed = windowClosed(channel, now);
  return (
    <>
      {!channel.able && (
        <Hint icon={IconLock} tone="danger">
          {t(channel.reason === 'opted-out' ? 'optedOut' : 'notAble', { reason: words.reason(channel.reason ?? 'unknown') })}
        </Hint>
      )}
      {channel.able && closed && (
        <Hint icon={IconClockHour4} tone="warn">
          {t('windowClosed')}
        </Hint>
      )}
      {channel.able && !closed && left !== null && (
        <Hint icon={IconClockHour4} tone={left < CLOSING / 6 ? 'warn' : undefined}>
          {t('windowLeft', { left: span(left, i18n.language) })}
        </Hint>
      )}
      {channel.able && channel.consent === 'unknown' && <Hint icon={IconUserQuestion}>{t('consentUnknown')}</Hint>}
    </>
  );
}
