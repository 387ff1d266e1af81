import type { Contact, MergeReview } from '@claimline/protocol';
import { Button, Modal, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useContactHands, useContacts, useMergeReview } from '../../client';
import { useWords } from '../../locales';
import { ErrorState, SkeletonRows, toast } from '../../ui';
import styles from './identity.module.css';

type Side = 'kept' | 'other';
const CHOOSABLE = ['name', 'language', 'salutation'] as const;

interface DialogProps {
  readonly contact: Contact;
  readonly onClose: () => void;
}

/** Two records of one person: finds the other, shows what the two do not agree on, and makes them one. */
export function MergeDialog({ contact, onClose }: DialogProps) {
  const { t } = useTranslation('customers');
  const [q, setQ] = useState('');
  const [other, setOther] = useState<string | null>(null);
  const { data } = useContacts(q, q.length > 1);
  const found = q.length > 1 ? (data?.items ?? []).filter(({ id }) => id !== contact.id).slice(0, 6) : [];
  return (
    <Modal opened onClose={onClose} title={t('merge.title', { name: contact.name })}>
      {other === null ? (
        <>
          <TextInput data-autofocus label={t('merge.find')} value={q} onChange={(event) => setQ(event.currentTarget.value)} />
          <ul className={styles.list}>
            {found.map((one) => (
              <li key={one.id}>
                <Button variant="subtle" fullWidth justify="space-between" onClick={() => setOther(one.id)} rightSection={one.address}>
                  {one.name}
                </Button>
              </li>
            ))}
          </ul>
          {q.length > 1 && data && found.length === 0 && <p className={styles.quiet}>{t('empty.found')}</p>}
        </>
      ) : (
        <Review contact={contact} other={other} onClose={onClose} onBack={() => setOther(null)} />
      )}
    </Modal>
  );
}

function Review({ contact, other, onClose, onBack }: DialogProps & { readonly other: string; readonly onBack: () => void }) {
  const { t } = useTranslation('customers');
  const words = useWords();
  const { data: review, error, refetch } = useMergeReview(contact.id, other);
  const { merge } = useContactHands(contact.id);
  const [taken, take] = useState<Readonly<Record<string, Side>>>({});
  if (error) return <ErrorState error={error} retry={() => void refetch()} />;
  if (!review) return <SkeletonRows count={3} />;
  const chosen = CHOOSABLE.flatMap((about) => {
    const conflict = review.conflicts.find((one) => one.about === about);
    return conflict && taken[about] === 'other' ? [[about, conflict.other]] : [];
  });
  const confirm = () =>
    merge.mutate(
      { with: other, ...(Object.fromEntries(chosen) as object) },
      { onSuccess: () => (toast({ text: t('merge.done', { name: review.other.name }) }), onClose()) },
    );
  return (
    <div className={styles.review}>
      {review.refusal ? (
        <p role="alert">{t(`merge.refusal.${review.refusal}`)}</p>
      ) : (
        <Agreement review={review} taken={taken} onTake={(about, side) => take({ ...taken, [about]: side })} />
      )}
      {merge.isError && <p role="alert">{words.error(merge.error)}</p>}
      <div className={styles.actions}>
        <Button variant="default" onClick={onBack}>
          {t('merge.back')}
        </Button>
        <Button variant="filled" disabled={review.refusal !== null} loading={merge.isPending} onClick={confirm}>
          {t('merge.confirm')}
        </Button>
      </div>
    </div>
  );
}

interface AgreementProps {
  readonly review: MergeReview;
  readonly taken: Readonly<Record<string, Side>>;
  readonly onTake: (about: string, side: Side) => void;
}

function Agreement({ review, taken, onTake }: AgreementProps) {
  const { t } = useTranslation('customers');
  return (
    <>
      <p>
        {t('merge.moves', {
          name: review.other.name,
          addresses: review.moves.addresses.join(', ') || '–',
          claims: review.moves.claims.join(', ') || '–',
        })}
      </p>
      {review.moves.optOuts > 0 && <p className={styles.quiet}>{t('merge.optOuts', { count: review.moves.optOuts })}</p>}
      {review.conflicts.length === 0 && <p className={styles.quiet}>{t('merge.agree')}</p>}
      {review.conflicts.map((conflict) => (
        <div key={`${conflict.about} ${conflict.kept ?? ''}`} className={styles.conflict}>
          <span className={styles.quiet}>{t(`merge.about.${conflict.about}`)}</span>
          {(CHOOSABLE as readonly string[]).includes(conflict.about) ? (
            <SegmentedControl
              fullWidth
              aria-label={t(`merge.about.${conflict.about}`)}
              value={taken[conflict.about] ?? 'kept'}
              onChange={(side) => onTake(conflict.about, side as Side)}
              data={[
                { value: 'kept', label: conflict.kept ?? '–' },
                { value: 'other', label: conflict.other ?? '–' },
              ]}
            />
          ) : (
            <span>{t(`merge.outcome.${conflict.about}`, { kept: conflict.kept, other: conflict.other })}</span>
          )}
        </div>
      ))}
      <p className={styles.quiet}>{t('merge.undoable')}</p>
    </>
  );
}
