import type { PolicyImport } from '@claimline/protocol';
import { Button, FileButton, Group, PasswordInput, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { usePolicySearch, usePolicySearchDeeds } from '../../client';
import { useWords } from '../../locales';
import { ErrorState, SkeletonRows, toast, useMayConfigure } from '../../ui';
import { SectionHead } from './section-head';
import styles from './settings-page.module.css';

/** Where policies are looked for: the house's own system, and lists that were imported. */
export function PolicySearchSection() {
  const { t } = useTranslation('claim-core');
  const { data, error, refetch } = usePolicySearch();
  const deeds = usePolicySearchDeeds();
  return (
    <section>
      <SectionHead title={t('policies')} hint={t('policiesHint')} />
      {error && !data && <ErrorState error={error} retry={() => void refetch()} />}
      {!data && !error && <SkeletonRows count={2} height={56} />}
      {data && <EndpointForm key={data.url} url={data.url} hasSecret={data.hasSecret} deeds={deeds} />}
      {data && <Lists imported={data.imported} deeds={deeds} />}
    </section>
  );
}

type Deeds = ReturnType<typeof usePolicySearchDeeds>;

interface EndpointFormProps {
  readonly url: string | null;
  readonly hasSecret: boolean;
  readonly deeds: Deeds;
}

function EndpointForm({ url, hasSecret, deeds: { save, test } }: EndpointFormProps) {
  const { t } = useTranslation('claim-core');
  const words = useWords();
  const mayConfigure = useMayConfigure();
  const [address, setAddress] = useState(url ?? '');
  const [secret, setSecret] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ url: address.trim() || null, ...(secret && { secret }) }, { onSuccess: () => void toast({ text: t('saved') }) });
  };
  const problem = save.error ?? test.error;
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
        label={t('key')}
        disabled={!mayConfigure}
        autoComplete="new-password"
        placeholder={hasSecret ? t('secretSet') : undefined}
        value={secret}
        onChange={(event) => setSecret(event.currentTarget.value)}
      />
      {problem !== null && <p className={styles.problem}>{words.error(problem)}</p>}
      {test.data && (
        <p className={test.data.ok ? styles.hint : styles.problem} role="status">
          {test.data.ok ? t('testOk') : t('testFailed', { problem: test.data.problem })}
        </p>
      )}
      {mayConfigure && (
        <Group>
          <Button type="submit" variant="filled" loading={save.isPending}>
            {t('save')}
          </Button>
          <Button disabled={!url} loading={test.isPending} onClick={() => test.mutate()}>
            {t('test')}
          </Button>
        </Group>
      )}
    </form>
  );
}

function Lists({ imported, deeds: { load } }: { readonly imported: number; readonly deeds: Deeds }) {
  const { t } = useTranslation('claim-core');
  const words = useWords();
  const mayConfigure = useMayConfigure();
  return (
    <div className={styles.part}>
      <h3 className={styles.title}>{t('lists')}</h3>
      <p className={styles.hint}>
        {t('imported', { count: imported })} · {t('importHint')}
      </p>
      {mayConfigure && (
        <FileButton accept=".csv,text/csv" onChange={(file) => file && load.mutate(file)}>
          {(props) => (
            <Button {...props} loading={load.isPending}>
              {t('import')}
            </Button>
          )}
        </FileButton>
      )}
      {load.isError && <p className={styles.problem}>{words.error(load.error)}</p>}
      {load.data && <Loaded answer={load.data} />}
    </div>
  );
}

function Loaded({ answer }: { readonly answer: PolicyImport }) {
  const { t } = useTranslation('claim-core');
  return (
    <div role="status">
      <p>{t('loaded', { loaded: answer.loaded, read: answer.read })}</p>
      <ul>
        {answer.errors.slice(0, 20).map(({ line, problem }) => (
          <li key={`${line} ${problem}`}>{t('line', { line, problem })}</li>
        ))}
      </ul>
    </div>
  );
}
