import type { Inbox, MailAlias } from '@claimline/protocol';
import { ActionIcon, Button, Select, TextInput } from '@mantine/core';
import { IconAt, IconX } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, useAddMailAlias, useInboxes, useMailAliases, useRemoveMailAlias } from '../../client';
import { useWords } from '../../locales';
import { Chip, toast, useMaySupervise } from '../../ui';
import styles from './settings-page.module.css';

const domainOf = (inbox: Inbox): string => inbox.address.slice(inbox.address.lastIndexOf('@'));

/** The mail addresses that belong to one person; whoever supervises gives and takes them. */
export function PersonAliases({ account, name }: { readonly account: string; readonly name: string }) {
  const { t } = useTranslation('mail-aliases');
  const maySupervise = useMaySupervise();
  const [adding, setAdding] = useState(false);
  const inboxes = (useInboxes().data?.items ?? []).filter(({ kind }) => kind === 'email');
  const aliases = (useMailAliases().data?.items ?? []).filter((one) => one.account.id === account);
  if (aliases.length === 0 && (!maySupervise || inboxes.length === 0)) return null;
  return (
    <div className={styles.chips} aria-label={t('of', { name })} role="group">
      {aliases.map((alias) => (
        <Alias key={alias.id} alias={alias} />
      ))}
      {maySupervise && inboxes[0] && !adding && (
        <Button
          size="compact-xs"
          variant="subtle"
          ml={-6}
          leftSection={<IconAt size={13} stroke={1.7} />}
          aria-label={`${t('add')}: ${name}`}
          onClick={() => setAdding(true)}
        >
          {t('add')}
        </Button>
      )}
      {adding && <AddAlias account={account} inboxes={inboxes} onDone={() => setAdding(false)} />}
    </div>
  );
}

function Alias({ alias }: { readonly alias: MailAlias }) {
  const { t } = useTranslation('mail-aliases');
  const words = useWords();
  const maySupervise = useMaySupervise();
  const remove = useRemoveMailAlias();
  const add = useAddMailAlias();
  const { address, inbox, account } = alias;
  const failed = (error: unknown): void => void toast({ text: words.error(error), tone: 'danger' });
  const back = () => void add.mutateAsync({ account: account.id, inbox, address }).catch(failed);
  const take = () =>
    void remove
      .mutateAsync(alias.id)
      .then(() => void toast({ text: t('removed', { address }), action: { label: t('undo'), run: back } }), failed);
  return (
    <Chip>
      {address}
      {maySupervise && (
        <ActionIcon
          size={16}
          variant="transparent"
          color="gray"
          aria-label={t('remove', { address })}
          loading={remove.isPending}
          onClick={take}
        >
          <IconX size={12} stroke={2} />
        </ActionIcon>
      )}
    </Chip>
  );
}

function AddAlias({
  account,
  inboxes,
  onDone,
}: {
  readonly account: string;
  readonly inboxes: readonly Inbox[];
  readonly onDone: () => void;
}) {
  const { t } = useTranslation('mail-aliases');
  const words = useWords();
  const add = useAddMailAlias();
  const [local, setLocal] = useState('');
  const [inboxId, setInboxId] = useState(inboxes[0]?.id ?? '');
  const inbox = inboxes.find(({ id }) => id === inboxId);
  const problem = add.error instanceof ApiError ? add.error.fields?.[0]?.problem : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!inbox || local.trim() === '') return;
    add.mutate({ account, inbox: inbox.id, address: `${local.trim().toLowerCase()}${domainOf(inbox)}` }, { onSuccess: onDone });
  };
  return (
    <form className={styles.aliasForm} onSubmit={submit}>
      <TextInput
        data-autofocus
        aria-label={t('local')}
        placeholder="zhang.wei"
        value={local}
        rightSection={inbox && <span className={styles.quiet}>{domainOf(inbox)}</span>}
        rightSectionWidth={inbox ? domainOf(inbox).length * 7 + 12 : undefined}
        error={add.isError ? t(`problem.${problem ?? ''}`, { defaultValue: words.error(add.error) }) : undefined}
        onChange={(event) => setLocal(event.currentTarget.value)}
      />
      {inboxes.length > 1 && (
        <Select
          aria-label={t('inbox')}
          data={inboxes.map(({ id, address }) => ({ value: id, label: address }))}
          value={inboxId}
          onChange={(value) => setInboxId(value ?? inboxId)}
        />
      )}
      <Button type="submit" variant="filled" loading={add.isPending} disabled={local.trim() === ''}>
        {t('save')}
      </Button>
      <Button onClick={onDone}>{t('cancel')}</Button>
    </form>
  );
}
