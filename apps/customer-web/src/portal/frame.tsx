import { useEffect, type ReactNode } from 'react';
import type { PortalBrand } from '@claimline/protocol';
import styles from './frame.module.css';
import { useLanguage, useWords } from './language';
import { WORDS } from './words';

/** The frame of every page: whose it is, the other language, and where help is. */
export function Frame({ brand, children }: { readonly brand: PortalBrand | undefined; readonly children: ReactNode }) {
  const words = useWords(WORDS);
  const { language, speak } = useLanguage();
  useEffect(() => {
    document.title = brand ? `${brand.name} · ${words.customerPortal}` : words.customerPortal;
  }, [brand, words]);
  const other = language === 'en' ? 'zh-CN' : 'en';
  return (
    <div className={styles.frame}>
      <header className={styles.head}>
        <span className={styles.brand}>
          <span className={styles.mark} aria-hidden>
            {[...(brand?.name ?? '…')][0]}
          </span>
          <span>
            {brand?.name}
            <span className={styles.where}>
              <br />
              {words.customerPortal}
            </span>
          </span>
        </span>
        <button type="button" className={styles.language} lang={other} onClick={() => speak(other)}>
          {words.otherLanguage}
        </button>
      </header>
      <main className={styles.main}>{children}</main>
      {brand?.helpPhone && (
        <footer className={styles.foot}>
          {words.help}: <a href={`tel:${brand.helpPhone.replace(/[^\d+]/g, '')}`}>{brand.helpPhone}</a>
        </footer>
      )}
    </div>
  );
}
