import type { Contact } from '@claimline/protocol';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useContactChanges, useContactHands } from '../../client';
import { useOffer } from '../../commands';
import { useWords } from '../../locales';
import { PanelSection, toast, useDates, useMayWrite } from '../../ui';
import styles from './identity.module.css';
import { MergeDialog } from './merge-dialog';
import { SplitDialog } from './split-dialog';

/** Whether this record is one person: two made one, one made two, and the way back. */
export function IdentitySection({ contact }: { readonly contact: Contact }) {
  const { t } = useTranslation('customers');
  const words = useWords();
  const dates = useDates();
  const mayWrite = useMayWrite();
  const [open, setOpen] = useState<'merge' | 'split' | null>(null);
  const { data } = useContactChanges(contact.id);
  const { undo } = useContactHands(contact.id);
  const shared = contact.labels.includes('shared-address');
  const may = mayWrite && !shared;
  useOffer([may && { id: 'customer.merge', title: t('merge.command'), section: t('title'), run: () => setOpen('merge') }]);
  const takeBack = (id: string) =>
    undo.mutate(id, {
      onSuccess: () => toast({ text: t('history.undone') }),
      onError: (error) => toast({ text: words.error(error), tone: 'danger' }),
    });
  const items = data?.items ?? [];
  if (!may && items.length === 0) return null;
  return (
    <PanelSection title={t('identity')}>
      {may && (
        <div className={styles.actions} data-start>
          <Button variant="default" onClick={() => setOpen('merge')}>
            {t('merge.command')}
          </Button>
          {contact.addresses.length > 1 && (
            <Button variant="default" onClick={() => setOpen('split')}>
              {t('split.command')}
            </Button>
          )}
        </div>
      )}
      <ul className={styles.history}>
        {items.map((change) => (
          <li key={change.id}>
            <span>{t(`history.${change.kind}`, { name: change.otherName })}</span>
            <span className={styles.quiet}>
              {[change.actor, dates.relative(change.at), change.undoneAt && t('history.takenBack')].filter(Boolean).join(' · ')}
            </span>
            {mayWrite && !change.undoneAt && (
              <Button size="compact-xs" variant="subtle" loading={undo.isPending} onClick={() => takeBack(change.id)}>
                {t('history.undo')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {open === 'merge' && <MergeDialog contact={contact} onClose={() => setOpen(null)} />}
      {open === 'split' && <SplitDialog contact={contact} onClose={() => setOpen(null)} />}
    </PanelSection>
  );
}
