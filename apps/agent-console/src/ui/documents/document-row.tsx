import type { ClaimDocuments, DocumentItem, DocumentRejectReason } from '@claimline/protocol';
import { ActionIcon, Button, Menu, TextInput, Tooltip } from '@mantine/core';
import { IconCheck, IconDots, IconX } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Chip } from '../chip';
import { useMayWrite } from '../rights';
import { DocumentThumbnail } from './document-thumbnail';
import styles from './documents.module.css';
import { MoveMenu } from './move-menu';
import { labelOf, useDocumentDeeds } from './use-document-deeds';

interface DocumentRowProps {
  readonly item: DocumentItem;
  readonly documents: ClaimDocuments;
  readonly showParty: boolean;
}

const TONE = { open: 'plain', requested: 'accent', received: 'warn', accepted: 'good', rejected: 'danger', waived: 'plain' } as const;

/** One item: its name and state, what came for it, and what to do, one click each. */
export function DocumentRow({ item, documents, showParty }: DocumentRowProps) {
  const { t, i18n } = useTranslation('documents');
  const [waiving, setWaiving] = useState(false);
  const label = labelOf(item, i18n.language);
  const reason = item.reason ? t(`reason.${item.reason}`, { defaultValue: item.reason }) : undefined;
  const suggested = item.files.some(({ state }) => state === 'suggested');
  return (
    <li className={styles.row} data-document={item.code} data-state={item.state}>
      <div className={styles.line}>
        <span className={styles.label}>
          {label}
          {showParty && item.party && <span className={styles.quiet}> · {item.party.name}</span>}
        </span>
        {suggested && item.state !== 'received' && <Chip tone="warn">{t('suggested')}</Chip>}
        <Chip tone={TONE[item.state]} title={reason}>
          {reason && item.state === 'rejected' ? reason : t(`state.${item.state}`)}
        </Chip>
        <RowActions item={item} documents={documents} label={label} onWaive={() => setWaiving(true)} />
      </div>
      {item.files.length > 0 && (
        <ul className={styles.files}>
          {item.files.map((file) => (
            <li key={file.id} className={styles.file}>
              <DocumentThumbnail file={file} />
              {(file.state === 'received' || file.state === 'suggested') && <MoveMenu file={file} documents={documents} />}
            </li>
          ))}
        </ul>
      )}
      {waiving && <WaiveForm item={item} number={documents.claim} label={label} onDone={() => setWaiving(false)} />}
    </li>
  );
}

const REASONS: readonly DocumentRejectReason[] = ['blurred', 'cut-off', 'wrong-document', 'expired', 'not-readable'];

function RowActions({
  item,
  documents,
  label,
  onWaive,
}: {
  readonly item: DocumentItem;
  readonly documents: ClaimDocuments;
  readonly label: string;
  readonly onWaive: () => void;
}) {
  const { t } = useTranslation('documents');
  const mayWrite = useMayWrite();
  const act = useDocumentDeeds(documents.claim);
  if (!mayWrite || item.state === 'accepted' || item.state === 'waived') return null;
  const toReview = item.state === 'received' || item.files.some(({ state }) => state === 'suggested');
  const decide = (state: 'accepted' | 'rejected' | 'received', reason?: string) =>
    void act({ do: 'decide', item: item.id, state, reason }, t(`done.${state}`, { item: label }));
  return (
    <span className={styles.actions}>
      {toReview && (
        <>
          <Tooltip label={t('accept')}>
            <ActionIcon size="sm" aria-label={t('acceptOf', { item: label })} onClick={() => decide('accepted')}>
              <IconCheck size={15} stroke={1.8} />
            </ActionIcon>
          </Tooltip>
          <Menu position="bottom-end" withinPortal>
            <Menu.Target>
              <ActionIcon size="sm" aria-label={t('rejectOf', { item: label })} title={t('reject')}>
                <IconX size={15} stroke={1.8} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              {REASONS.map((reason) => (
                <Menu.Item key={reason} onClick={() => decide('rejected', reason)}>
                  {t(`reason.${reason}`)}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </>
      )}
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon size="sm" aria-label={t('moreOf', { item: label })}>
            <IconDots size={15} stroke={1.8} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {item.state !== 'received' && <Menu.Item onClick={() => decide('received')}>{t('onPaper')}</Menu.Item>}
          <Menu.Item onClick={onWaive}>{t('waive')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </span>
  );
}

interface WaiveFormProps {
  readonly item: DocumentItem;
  readonly number: string;
  readonly label: string;
  readonly onDone: () => void;
}

function WaiveForm({ item, number, label, onDone }: WaiveFormProps) {
  const { t } = useTranslation('documents');
  const act = useDocumentDeeds(number);
  const [reason, setReason] = useState('');
  const waive = (event: FormEvent) => {
    event.preventDefault();
    if (!reason.trim()) return;
    void act({ do: 'decide', item: item.id, state: 'waived', reason: reason.trim() }, t('done.waived', { item: label })).then(
      (done) => done && onDone(),
    );
  };
  return (
    <form className={styles.waive} onSubmit={waive}>
      <TextInput
        size="xs"
        data-autofocus
        autoFocus
        label={t('waiveWhy')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div className={styles.buttons}>
        <Button size="compact-xs" type="submit" disabled={!reason.trim()}>
          {t('waive')}
        </Button>
        <Button size="compact-xs" variant="default" onClick={onDone}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  );
}
