import type { ComplaintHandling, VersionedHandling } from '@claimline/protocol';
import { Button, NumberInput, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useComplaintHandling, useMe, useSetComplaintHandling } from '../../client';
import { useWords } from '../../locales';
import { ErrorState, SkeletonRows, toast } from '../../ui';
import { CausesEditor, PlaybooksEditor } from './complaint-editors';
import { SectionHead } from './section-head';
import styles from './settings-page.module.css';

/** How complaints are handled: categories with their playbooks, causes, who the regulators are, which lines are for complaints. Every save is a version. */
export function ComplaintsSection() {
  const { t } = useTranslation('complaint-settings');
  const { data, error, refetch } = useComplaintHandling();
  return (
    <section>
      <SectionHead title={t('title')} hint={t('hint', { version: data?.version ?? 0 })} />
      {error && !data && <ErrorState error={error} retry={() => void refetch()} />}
      {!data && !error && <SkeletonRows count={5} height={64} />}
      {data && <Editor key={data.version} handling={data} />}
    </section>
  );
}

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

/** `domain name`: the domain first, the rest of the line is the name. */
function regulatorsIn(text: string): ComplaintHandling['regulators'] {
  return lines(text).map((line) => {
    const [domain = '', ...name] = line.split(/\s+/);
    return { domain, name: name.join(' ') || domain };
  });
}

function Editor({ handling }: { readonly handling: VersionedHandling }) {
  const { t } = useTranslation('complaint-settings');
  const words = useWords();
  const mayWrite = ['complaints-officer', 'supervisor', 'administrator'].includes(useMe().data?.role ?? '');
  const save = useSetComplaintHandling();
  const [draft, setDraft] = useState<VersionedHandling>(handling);
  const [regulators, setRegulators] = useState(handling.regulators.map(({ domain, name }) => `${domain} ${name}`).join('\n'));
  const [own, setOwn] = useState(handling.lines.join('\n'));
  const change = (part: Partial<ComplaintHandling>) => setDraft((now) => ({ ...now, ...part }));
  const publish = () =>
    save.mutate(
      { ...draft, regulators: regulatorsIn(regulators), lines: lines(own) },
      { onSuccess: ({ version }) => toast({ text: t('saved', { version }) }) },
    );
  return (
    <fieldset className={styles.plainForm} disabled={!mayWrite}>
      <PlaybooksEditor playbooks={draft.playbooks} onChange={(playbooks) => change({ playbooks })} />
      <CausesEditor causes={draft.rootCauses} onChange={(rootCauses) => change({ rootCauses })} />
      <NumberInput
        label={t('actionFrom')}
        description={t('actionFromHint')}
        min={1}
        max={1000}
        w={260}
        value={draft.actionFrom}
        onChange={(value) => change({ actionFrom: Number(value) || 1 })}
      />
      <Textarea
        label={t('regulators')}
        description={t('regulatorsHint')}
        value={regulators}
        onChange={(event) => setRegulators(event.currentTarget.value)}
        autosize
        minRows={4}
      />
      <Textarea
        label={t('lines')}
        description={t('linesHint')}
        value={own}
        onChange={(event) => setOwn(event.currentTarget.value)}
        autosize
        minRows={2}
      />
      <TextInput
        label={t('routesEn')}
        description={t('routesHint')}
        value={draft.routes.en}
        onChange={(event) => change({ routes: { ...draft.routes, en: event.currentTarget.value } })}
      />
      <TextInput
        label={t('routesZh')}
        value={draft.routes['zh-CN']}
        onChange={(event) => change({ routes: { ...draft.routes, 'zh-CN': event.currentTarget.value } })}
      />
      {save.isError && (
        <p className={styles.problem} role="alert">
          {words.error(save.error)}
        </p>
      )}
      {mayWrite && (
        <Button loading={save.isPending} onClick={publish}>
          {t('publish')}
        </Button>
      )}
    </fieldset>
  );
}
