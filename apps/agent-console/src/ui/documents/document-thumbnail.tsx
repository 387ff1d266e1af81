import type { DocumentFile } from '@claimline/protocol';
import { IconFile } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useDates } from '../dates';
import { useWords } from '../../locales';
import styles from './documents.module.css';

/** A file that came, small; opens it whole. Says how and when it came and why it stands here. */
export function DocumentThumbnail({ file }: { readonly file: DocumentFile }) {
  const { t } = useTranslation('documents');
  const words = useWords();
  const dates = useDates();
  const channel = file.channel === 'portal' ? t('why.named') : words.channel(file.channel);
  const said = [file.name, channel, dates.moment(file.at), t(`why.${file.why}`, { defaultValue: file.why }), t(`fileState.${file.state}`)];
  return (
    <a
      className={styles.thumbnail}
      data-state={file.state}
      href={`/api/attachments/${file.attachmentId}`}
      target="_blank"
      rel="noreferrer"
      aria-label={t('open', { name: file.name })}
      title={[...new Set(said)].join(' · ')}
    >
      {file.hasThumbnail ? (
        <img src={`/api/attachments/${file.attachmentId}/thumbnail`} alt="" loading="lazy" />
      ) : (
        <IconFile size={20} stroke={1.4} />
      )}
    </a>
  );
}
