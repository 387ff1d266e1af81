import type { ClaimCoreDelivery, ClaimCoreSettings } from '@claimline/protocol';
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useClaimCore, useClaimCoreDeliveries, useReplayDelivery, useSaveClaimCore } from '../../client';
import { useWords } from '../../locales';
import { Chip, ErrorState, MoreRows, SkeletonRows, toast, useDates, useMayConfigure } from '../../ui';
import { SectionHead } from './section-head';
import styles from './settings-page.module.css';

const TONES = { due: 'plain', delivered: 'good', failed: 'danger', 'to-be-pulled': 'plain' } as const;

/** The line to the claim core: where it leads, and what it was told. */
export function ClaimCoreSection() {
  const { t } = useTranslation('claim-core');
  const { data, error, refetch } = useClaimCore();
  return (
    <section>
      <SectionHead title={t('title')} hint={t('hint')} />
      {error && !data && <ErrorState error={error} retry={() => void refetch()} />}
      {!data && !error && <SkeletonRows count={2} height={56} />}
      {data && <AddressForm key={`${data.url} ${data.claimPage}`} known={data} />}
      <Deliveries />
    </section>
  );
}

function AddressForm({ known: { url, hasSecret, claimPage } }: { readonly known: ClaimCoreSettings }) {
  const { t } = useTranslation('claim-core');
  const words = useWords();
  const save = useSaveClaimCore();
  const mayConfigure = useMayConfigure();
  const [address, setAddress] = useState(url ?? '');
  const [secret, setSecret] = useState('');
  const [page, setPage] = useState(claimPage ?? '');
  const pageLacksNumber = page.trim() !== '' && !page.includes('{number}');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (pageLacksNumber) return;
    save.mutate(
      { url: address.trim() || null, ...(secret && { secret: secret.trim() }), claimPage: page.trim() || null },
      {
        onSuccess: (saved) =>
          void toast({ text: saved.secret ? t('made', { secret: saved.secret }) : t('saved'), lasts: saved.secret ? 60_000 : undefined }),
      },
    );
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextInput
        label={t('url')}
        type="url"
        disabled={!mayConfigure}
        value={address}
        onChange={(event) => setAddress(event.currentTarget.value)}
      />
      <PasswordInput
        label={t('secret')}
        disabled={!mayConfigure}
        autoComplete="new-password"
        placeholder={hasSecret ? t('secretSet') : 'whsec_…'}
        value={secret}
        onChange={(event) => setSecret(event.currentTarget.value)}
      />
      <TextInput
        label={t('claimPage')}
        description={t('claimPageHint')}
        type="url"
        placeholder="https://core.example/claims/{number}"
        disabled={!mayConfigure}
        error={pageLacksNumber && t('claimPageNumber')}
        value={page}
        onChange={(event) => setPage(event.currentTarget.value)}
      />
      {!url && <p className={styles.hint}>{t('noAddress')}</p>}
      {save.isError && <p className={styles.problem}>{words.error(save.error)}</p>}
      {mayConfigure && (
        <Button type="submit" variant="filled" loading={save.isPending}>
          {t('save')}
        </Button>
      )}
    </form>
  );
}

function Deliveries() {
  const { t } = useTranslation('claim-core');
  const query = useClaimCoreDeliveries();
  return (
    <>
      <h3 className={styles.title}>{t('log')}</h3>
      {query.isPending && <SkeletonRows count={4} height={52} />}
      {query.isError && !query.data && <ErrorState error={query.error} retry={() => void query.refetch()} />}
      {query.data?.length === 0 && <p className={styles.hint}>{t('none')}</p>}
      <ul className={styles.list}>
        {query.data?.map((delivery) => (
          <DeliveryRow key={delivery.id} delivery={delivery} />
        ))}
      </ul>
      <MoreRows query={query} />
    </>
  );
}

function DeliveryRow({ delivery }: { readonly delivery: ClaimCoreDelivery }) {
  const { t } = useTranslation('claim-core');
  const words = useWords();
  const dates = useDates();
  const replay = useReplayDelivery();
  const mayConfigure = useMayConfigure();
  const again = () =>
    replay.mutate(delivery.id, {
      onSuccess: () => void toast({ text: t('replayed') }),
      onError: (error) => void toast({ text: words.error(error), tone: 'danger' }),
    });
  const detail = [dates.relative(delivery.at), delivery.attempts > 0 && t('attempts', { count: delivery.attempts }), delivery.problem];
  return (
    <li className={styles.row}>
      <span className={styles.grow}>
        <span className={styles.name}>
          {t(`type.${delivery.type.replace('.', '-')}`, { defaultValue: delivery.type })}{' '}
          <span className={styles.quiet}>{delivery.subject}</span>
        </span>
        <span className={styles.quiet}>{detail.filter(Boolean).join(' · ')}</span>
      </span>
      <Chip tone={TONES[delivery.state]}>{t(`state.${delivery.state}`)}</Chip>
      {mayConfigure && delivery.state !== 'due' && (
        <Button size="xs" loading={replay.isPending} onClick={again}>
          {t('replay')}
        </Button>
      )}
    </li>
  );
}
