import type { DuplicateGroups as Groups } from '@claimline/protocol';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDuplicateGroups, useJudgeDuplicate } from '../../client';
import { useWords } from '../../locales';
import { GoLink, hrefs } from '../../navigation';
import { ChannelIcon, ErrorState, SkeletonRows, toast, useMayWrite } from '../../ui';
import styles from './catastrophes.module.css';

type Group = Groups['items'][number];

function DuplicateGroup({ group }: { readonly group: Group }) {
  const { t } = useTranslation('catastrophes');
  const words = useWords();
  const mayWrite = useMayWrite();
  const judge = useJudgeDuplicate();
  const [first, ...others] = group.conversations;
  const say = (other: string, verdict: 'same' | 'different') =>
    first &&
    judge.mutate(
      { id: first.id, other, verdict },
      {
        onSuccess: () => toast({ text: t(`duplicates.said.${verdict}`) }),
        onError: (error) => toast({ text: words.error(error), tone: 'danger' }),
      },
    );
  return (
    <li className={styles.group}>
      <b>{t(`duplicates.reason.${group.reason}`, { value: group.value })}</b>
      <ul>
        {[first, ...others].flatMap((one) =>
          one ? (
            <li key={one.id}>
              <ChannelIcon kind={one.channel} />
              <GoLink href={hrefs.conversation(one.id)}>
                {one.contact.name} · {one.claim?.number ?? t('duplicates.noClaim')} · {one.preview}
              </GoLink>
              {mayWrite && one !== first && (
                <>
                  <Button onClick={() => say(one.id, 'same')}>{t('duplicates.same')}</Button>
                  <Button variant="subtle" onClick={() => say(one.id, 'different')}>
                    {t('duplicates.different')}
                  </Button>
                </>
              )}
            </li>
          ) : (
            []
          ),
        )}
      </ul>
    </li>
  );
}

/** Reports of one event that may be about the same loss: why, and a person's word on each. */
export function DuplicateGroups({ tag }: { readonly tag: string }) {
  const { t } = useTranslation('catastrophes');
  const query = useDuplicateGroups(tag);
  if (query.isPending) return <SkeletonRows count={2} height={64} />;
  if (query.isError) return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  if (query.data.items.length === 0) return <p className={styles.text}>{t('duplicates.none')}</p>;
  return (
    <ul className={styles.groups}>
      {query.data.items.map((group) => (
        <DuplicateGroup key={`${group.reason} ${group.conversations.map(({ id }) => id).join(' ')}`} group={group} />
      ))}
    </ul>
  );
}
