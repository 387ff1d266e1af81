import { useRef, type ChangeEvent } from 'react';
import type { PortalDocuments } from '@claimline/protocol';
import { fill, useWords, type Language } from '../language';
import { Button, Card } from '../ui';
import styles from './documents.module.css';
import type { Upload } from './use-uploads';
import { WORDS, type DocumentWords } from './words';

type Item = PortalDocuments['items'][number];

interface DocumentCardProps {
  readonly item: Item;
  readonly language: Language;
  readonly uploads: readonly Upload[];
  readonly onFiles: (files: readonly File[]) => void;
  readonly onRetry: (id: number) => void;
  readonly onDrop: (id: number) => void;
}

// HEIC is what iPhones make; browsers that do not know it by its type know it by its ending.
const FILES = 'image/*,.heic,.heif,application/pdf,video/*,.doc,.docx';

/** One document: what it is, where it stands, and how to send it. */
export function DocumentCard({ item, language, uploads, onFiles, onRetry, onDrop }: DocumentCardProps) {
  const words = useWords(WORDS);
  const isOpen = item.state !== 'accepted';
  const state = words.state[item.state as keyof DocumentWords['state']];
  const reason = item.reason ? words.reason[item.reason as keyof DocumentWords['reason']] : undefined;
  return (
    <Card>
      <div className={styles.head}>
        <h2 className={styles.name}>{item.label[language]}</h2>
        <span className={styles.state} data-state={item.state}>
          {state}
        </span>
      </div>
      {reason && <p className={styles.reason}>{reason}</p>}
      {isOpen && <p className={styles.quiet}>{item.help[language]}</p>}
      {item.files.length > 0 && (
        <ul className={styles.files}>
          {item.files.map((file) => (
            <li key={file.id}>
              {file.name} ·{' '}
              {fill(words.arrived, { at: new Date(file.at).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' }) })}
            </li>
          ))}
        </ul>
      )}
      {uploads.map((upload) => (
        <UploadLine key={upload.id} upload={upload} onRetry={onRetry} onDrop={onDrop} />
      ))}
      {isOpen && <Pickers name={item.label[language]} hasSome={item.files.length > 0} onFiles={onFiles} />}
    </Card>
  );
}

function Pickers({ name, hasSome, onFiles }: { name: string; hasSome: boolean; onFiles: (files: readonly File[]) => void }) {
  const words = useWords(WORDS);
  const camera = useRef<HTMLInputElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const picked = (event: ChangeEvent<HTMLInputElement>) => {
    onFiles([...(event.target.files ?? [])]);
    event.target.value = '';
  };
  return (
    <div className={styles.pickers}>
      <input
        ref={camera}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        onChange={picked}
        aria-label={`${words.photo}: ${name}`}
      />
      <input ref={files} type="file" accept={FILES} multiple hidden onChange={picked} aria-label={`${words.file}: ${name}`} />
      <Button onClick={() => camera.current?.click()} aria-label={`${hasSome ? words.more : words.photo}: ${name}`}>
        {hasSome ? words.more : words.photo}
      </Button>
      <Button quiet onClick={() => files.current?.click()} aria-label={`${words.file}: ${name}`}>
        {words.file}
      </Button>
    </div>
  );
}

function UploadLine({ upload, onRetry, onDrop }: { upload: Upload; onRetry: (id: number) => void; onDrop: (id: number) => void }) {
  const words = useWords(WORDS);
  const name = upload.file.name;
  if (upload.state === 'refused')
    return (
      <div className={styles.trouble} role="alert">
        <p>{refusalText(upload, words)}</p>
        <div className={styles.pickers}>
          {upload.why !== 'too-large' && upload.why !== 'already-held' && <Button onClick={() => onRetry(upload.id)}>{words.retry}</Button>}
          <Button quiet onClick={() => onDrop(upload.id)}>
            {words.drop}
          </Button>
        </div>
      </div>
    );
  const text = fill(upload.state === 'waiting' ? words.waiting : words.sending, { name });
  return (
    <div className={styles.sending} role="status">
      <p>{text}</p>
      <progress className={styles.all} value={upload.share} max={1} aria-label={text} />
    </div>
  );
}

function refusalText({ why, file }: Upload, words: DocumentWords): string {
  if (why === 'too-large') return fill(words.tooLarge, { name: file.name });
  if (why === 'already-held') return words.held;
  return why === 'too-many-requests' ? words.busy : fill(words.notTaken, { name: file.name });
}
