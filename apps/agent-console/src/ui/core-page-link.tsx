import type { Claim } from '@claimline/protocol';
import { IconExternalLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import styles from './core-page-link.module.css';

/** The way to the same claim in the claim system; nothing where nobody said where its pages are. */
export function CorePageLink({ claim }: { readonly claim: Claim }) {
  const { t } = useTranslation('claim-core');
  if (!claim.corePage) return null;
  return (
    <a href={claim.corePage} target="_blank" rel="noopener noreferrer" className={styles.link}>
      <IconExternalLink size={14} stroke={1.7} aria-hidden />
      {t('open')}
      <span className="unseen"> ({t('newTab')})</span>
    </a>
  );
}
