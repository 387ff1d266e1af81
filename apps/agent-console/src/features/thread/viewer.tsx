import type { Attachment } from '@claimline/protocol';
import { ActionIcon, Modal } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconDownload } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { isPaper, PaperViewer } from '../../ui';
import styles from './viewer.module.css';

/** Whether a browser can show it. */
export const isPicture = (file: Pick<Attachment, 'contentType'>): boolean => /^image\/(jpeg|png|webp|gif|avif)$/.test(file.contentType);

interface ViewerProps {
  readonly files: readonly Attachment[];
  readonly at: number | null;
  readonly onAt: (at: number | null) => void;
}

/** Pictures and papers large, one after the other: arrows move, Escape closes. */
export function Viewer({ files, at, onAt }: ViewerProps) {
  const { t } = useTranslation('thread');
  const file = at === null ? undefined : files[at];
  const move = (step: number) => {
    if (at !== null) onAt(Math.min(files.length - 1, Math.max(0, at + step)));
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'ArrowRight') move(1);
    if (event.key === 'ArrowLeft') move(-1);
  };
  return (
    <Modal
      opened={file !== undefined}
      onClose={() => onAt(null)}
      size="auto"
      centered
      title={file && `${file.name}${files.length > 1 ? ` · ${(at ?? 0) + 1}/${files.length}` : ''}`}
      closeButtonProps={{ 'aria-label': t('file.close') }}
      onKeyDown={keys}
    >
      {file && (
        <div className={styles.viewer}>
          {isPaper(file) ? (
            <div className={styles.paper}>
              <PaperViewer key={file.id} file={file} />
            </div>
          ) : (
            <img src={`/api/attachments/${file.id}`} alt={file.name} className={styles.picture} />
          )}
          <div className={styles.tools}>
            <ActionIcon aria-label={t('file.previous')} disabled={at === 0} onClick={() => move(-1)}>
              <IconChevronLeft size={18} />
            </ActionIcon>
            <ActionIcon component="a" href={`/api/attachments/${file.id}`} download={file.name} aria-label={t('file.download')}>
              <IconDownload size={18} />
            </ActionIcon>
            <ActionIcon aria-label={t('file.next')} disabled={at === files.length - 1} onClick={() => move(1)}>
              <IconChevronRight size={18} />
            </ActionIcon>
          </div>
        </div>
      )}
    </Modal>
  );
}
