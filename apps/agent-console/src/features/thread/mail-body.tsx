import type { Message } from '@claimline/protocol';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './mail-body.module.css';
import { ownWords } from './own-words';

const LINK = /(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]}。，；：！？）】])/g;

/** Text with its links made clickable; nothing else of it is ever understood as markup. */
export function Words({ text }: { readonly text: string }): ReactNode {
  return text.split(LINK).map((part, index) =>
    index % 2 === 1 ? (
      <a key={index} href={part} target="_blank" rel="noreferrer noopener">
        {part}
      </a>
    ) : (
      part
    ),
  );
}

/** What was said: text, its quoted history folded, and for mails with a layout of their own that layout in a closed frame. */
export function MailBody({ message }: { readonly message: Message }) {
  const { t } = useTranslation('thread');
  const [layout, setLayout] = useState(false);
  const [quoted, setQuoted] = useState(false);
  const text = ownWords(message);
  const empty = !message.text && message.attachments.length === 0;
  return (
    <>
      {layout ? (
        // No scripts, no forms, no origin: a mail is shown, it does not act. Its links open outside.
        <iframe
          className={styles.frame}
          title={t('mailFrame', { subject: message.subject ?? '' })}
          src={`/api/messages/${message.id}/html`}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          referrerPolicy="no-referrer"
        />
      ) : (
        text && (
          <div className={styles.text}>
            <Words text={text} />
          </div>
        )
      )}
      {empty && <div className={styles.none}>{t('noText')}</div>}
      {quoted && message.quoted && <blockquote className={styles.quoted}>{message.quoted}</blockquote>}
      {(message.html || message.quoted) && (
        <div className={styles.switches}>
          {message.quoted && !layout && (
            <button type="button" aria-expanded={quoted} onClick={() => setQuoted(!quoted)}>
              {quoted ? t('hideQuoted') : t('showQuoted')}
            </button>
          )}
          {message.html && (
            <button type="button" aria-pressed={layout} onClick={() => setLayout(!layout)}>
              {layout ? t('showText') : t('showLayout')}
            </button>
          )}
        </div>
      )}
    </>
  );
}
