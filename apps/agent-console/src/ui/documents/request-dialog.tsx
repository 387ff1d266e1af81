import type { ClaimDocuments, DocumentItem } from '@claimline/protocol';
import { Button, Checkbox, Modal, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './documents.module.css';
import { labelOf, useDocumentDeeds } from './use-document-deeds';

const isMissing = ({ state }: DocumentItem): boolean => state === 'open' || state === 'requested' || state === 'rejected';

/** Asks for documents in one message per party. What was never asked for is picked already: Enter sends. */
export function RequestDialog({ documents, onClose }: { readonly documents: ClaimDocuments; readonly onClose: () => void }) {
  const { t, i18n } = useTranslation('documents');
  const act = useDocumentDeeds(documents.claim);
  const missing = documents.items.filter(isMissing);
  const [picked, setPicked] = useState<readonly string[]>(missing.filter(({ state }) => state === 'open').map(({ id }) => id));
  const [reason, setReason] = useState('');
  const chosen = missing.filter(({ id }) => picked.includes(id));
  const names = [...new Set((chosen.length > 0 ? chosen : missing).map(({ party }) => party?.name ?? t('nobody')))].join(', ');
  const wantsReason = chosen.some(({ party }) => party && documents.askedOnce.includes(party.id));
  const isReady = picked.length > 0 && (!wantsReason || reason.trim().length >= 3);
  const toggle = (id: string, on: boolean) => setPicked(on ? [...picked, id] : picked.filter((one) => one !== id));
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!isReady) return;
    const overrideReason = wantsReason ? reason.trim() : undefined;
    void act({ do: 'request', items: picked, overrideReason }, t('asked', { count: picked.length })).then((done) => done && onClose());
  };
  return (
    <Modal opened onClose={onClose} title={t('askTitle')} closeButtonProps={{ 'aria-label': t('cancel') }}>
      <form onSubmit={send} className={styles.dialog}>
        {missing.length === 0 ? (
          <p className={styles.quiet}>{t('askNothing')}</p>
        ) : (
          <p className={styles.quiet}>{t('askWhy', { name: names })}</p>
        )}
        {missing.map((item) => (
          <Checkbox
            key={item.id}
            checked={picked.includes(item.id)}
            onChange={(event) => toggle(item.id, event.currentTarget.checked)}
            label={item.state === 'open' ? labelOf(item, i18n.language) : `${labelOf(item, i18n.language)} (${t('askAgain')})`}
          />
        ))}
        {wantsReason && (
          <>
            <p className={styles.problem}>{t('askOnce', { name: names })}</p>
            <TextInput label={t('override')} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
          </>
        )}
        <div className={styles.buttons}>
          <Button type="submit" variant="filled" disabled={!isReady} data-autofocus>
            {t('askSend')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
