import type { Attachment, Message } from '@claimline/protocol';
import { IconAlertTriangle, IconFile, IconFileTypePdf, IconHourglass, IconPhoto, IconShieldX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AudioPlayer, fileSize, isPaper } from '../../ui';
import styles from './attachments.module.css';
import { isPicture, Viewer } from './viewer';

const isSound = (file: Attachment): boolean => file.contentType.startsWith('audio/');
/** Where a file's bytes are. */
export const fileHref = (id: string): string => `/api/attachments/${id}`;

function iconOf(file: Attachment) {
  if (file.state === 'pending') return IconHourglass;
  if (file.state === 'quarantined') return IconShieldX;
  if (file.state === 'failed') return IconAlertTriangle;
  if (file.contentType === 'application/pdf') return IconFileTypePdf;
  return isPicture(file) ? IconPhoto : IconFile;
}

function FileRow({ file, open }: { readonly file: Attachment; readonly open?: () => void }) {
  const { t, i18n } = useTranslation('thread');
  const Icon = iconOf(file);
  const why = file.problem ? t(`file.problem.${file.problem}`) : t(`file.${file.state}`);
  const about = file.state === 'stored' ? (file.size === null ? '' : fileSize(file.size, i18n.language)) : why;
  const inside = (
    <>
      <Icon size={18} stroke={1.6} aria-hidden="true" />
      <span className={styles.name}>{file.name}</span>
      <span className={styles.about}>{about}</span>
    </>
  );
  if (file.state !== 'stored') {
    return (
      <span className={styles.file} data-state={file.state}>
        {inside}
      </span>
    );
  }
  if (open) {
    return (
      <button type="button" className={styles.file} onClick={open}>
        {inside}
      </button>
    );
  }
  return (
    <a
      className={styles.file}
      href={fileHref(file.id)}
      target="_blank"
      rel="noreferrer"
      download={file.contentType === 'application/pdf' ? undefined : file.name}
    >
      {inside}
    </a>
  );
}

function Thumbnail({ file, open }: { readonly file: Attachment; readonly open: () => void }) {
  const { t } = useTranslation('thread');
  return (
    <button type="button" className={styles.thumbnail} aria-label={t('file.open', { name: file.name })} title={file.name} onClick={open}>
      <img src={`${fileHref(file.id)}/thumbnail`} alt="" loading="lazy" />
    </button>
  );
}

/** The files of a message: pictures as thumbnails, sound with its words, everything else by name. One that did not arrive says so. */
export function Attachments({ message }: { readonly message: Message }) {
  const [shown, setShown] = useState<number | null>(null);
  const pictures = message.attachments.filter((file) => file.state === 'stored' && file.thumbnail && isPicture(file));
  const sounds = message.attachments.filter((file) => file.state === 'stored' && isSound(file));
  const papers = message.attachments.filter((file) => file.state === 'stored' && isPaper(file));
  const rest = message.attachments.filter((file) => !pictures.includes(file) && !sounds.includes(file));
  if (message.attachments.length === 0) return null;
  return (
    <div className={styles.attachments}>
      {pictures.length > 0 && (
        <div className={styles.pictures}>
          {pictures.map((file, index) => (
            <Thumbnail key={file.id} file={file} open={() => setShown(index)} />
          ))}
        </div>
      )}
      {sounds.map((file) => (
        <AudioPlayer key={file.id} file={file} />
      ))}
      {rest.map((file) => (
        <FileRow
          key={file.id}
          file={file}
          open={papers.includes(file) ? () => setShown(pictures.length + papers.indexOf(file)) : undefined}
        />
      ))}
      <Viewer files={[...pictures, ...papers]} at={shown} onAt={setShown} />
    </div>
  );
}
