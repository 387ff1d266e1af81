import { ActionIcon } from '@mantine/core';
import { IconAlertTriangle, IconPaperclip, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../locales';
import { fileSize } from '../../ui';
import styles from './composer.module.css';
import type { ChosenFile } from './use-files';

interface FileChipsProps {
  readonly files: readonly ChosenFile[];
  readonly onRemove: (key: number) => void;
}

/** The files that will go with it: how far each is, and away again. */
export function FileChips({ files, onRemove }: FileChipsProps) {
  const { t, i18n } = useTranslation('composer');
  const words = useWords();
  if (files.length === 0) return null;
  return (
    <ul className={styles.files} aria-label={t('files')}>
      {files.map((file) => (
        <li key={file.key} className={styles.file} data-broken={file.error !== null || undefined}>
          {file.error === null ? <IconPaperclip size={14} aria-hidden="true" /> : <IconAlertTriangle size={14} aria-hidden="true" />}
          <span className={styles.fileName}>{file.name}</span>
          <span className={styles.fileAbout} role={file.error === null ? undefined : 'alert'}>
            {file.error !== null
              ? words.error(file.error)
              : file.id
                ? fileSize(file.size, i18n.language)
                : `${Math.round(file.progress * 100)} %`}
          </span>
          {file.id === null && file.error === null && (
            <progress className={styles.progress} max={1} value={file.progress} aria-label={file.name} />
          )}
          <ActionIcon size={20} aria-label={t('removeFile', { name: file.name })} onClick={() => onRemove(file.key)}>
            <IconX size={12} />
          </ActionIcon>
        </li>
      ))}
    </ul>
  );
}
