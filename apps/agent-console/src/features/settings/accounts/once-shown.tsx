import { Button, Code, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import styles from '../settings-page.module.css';

interface OnceShownProps {
  readonly hint: string;
  readonly secret: string;
}

/** A secret that is shown this once: to copy, with the word that it does not come again. */
export function OnceShown({ hint, secret }: OnceShownProps) {
  const { t } = useTranslation('accounts');
  return (
    <div className={styles.form} role="status">
      <p className={styles.hint}>{hint}</p>
      <Code block>{secret}</Code>
      <CopyButton value={secret}>
        {({ copied, copy }) => (
          <Button onClick={copy} leftSection={copied ? <IconCheck size={15} /> : <IconCopy size={15} />}>
            {copied ? t('copied') : t('copy')}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}
