import { useState } from 'react';
import type { PortalDocuments } from '@claimline/protocol';
import { call } from '../call';
import { fill, useLanguage, useWords } from '../language';
import type { PageProps } from '../pages';
import { RefusalCard } from '../trouble';
import { Card } from '../ui';
import { useAnswer } from '../use-answer';
import { DocumentCard } from './document-card';
import styles from './documents.module.css';
import { useUploads } from './use-uploads';
import { WORDS } from './words';

/** What a customer still owes and what is here: every item with its help, its state, and the camera one touch away. */
export default function DocumentsPage({ token }: PageProps) {
  const { answer, refusal, again } = useAnswer(token, () => call<PortalDocuments>('GET', `documents/${token}/list`));
  if (refusal && !answer) return <RefusalCard refusal={refusal} again={again} />;
  return answer ? <DocumentList token={token} first={answer} /> : <Card>…</Card>;
}

function DocumentList({ token, first }: { readonly token: string; readonly first: PortalDocuments }) {
  const words = useWords(WORDS);
  const { language } = useLanguage();
  const [documents, show] = useState(first);
  const uploads = useUploads(token, documents.maxBytes, show);
  const { items } = documents;
  const here = items.filter(({ state }) => state === 'received' || state === 'accepted').length;
  const isDone = items.length > 0 && here === items.length;
  return (
    <>
      <Card title={fill(words.title, { claim: documents.claimRef })}>
        <p className={styles.lead} role="status">
          {items.length === 0 ? words.nothing : fill(words.done, { have: here, total: items.length })}
        </p>
        {items.length > 0 && (
          <progress
            className={styles.all}
            value={here}
            max={items.length}
            aria-label={fill(words.done, { have: here, total: items.length })}
          />
        )}
        <p className={styles.quiet}>{isDone ? words.allDone : words.why}</p>
      </Card>
      {items.map((item) => (
        <DocumentCard
          key={item.id}
          item={item}
          language={language}
          uploads={uploads.all.filter(({ itemId }) => itemId === item.id)}
          onFiles={(files) => uploads.add(item.id, files)}
          onRetry={uploads.retry}
          onDrop={uploads.drop}
        />
      ))}
      <p className={styles.quiet}>{words.safe}</p>
    </>
  );
}
