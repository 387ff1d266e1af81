import type { StaffAccount } from '@claimline/protocol';
import { Button, Group, Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangeAccount, useMakeAccount, useMe, useRenewPassword } from '../../../client';
import { useWords } from '../../../locales';
import { AccountForm } from './account-form';
import { changeOf, fieldsOf, newAccountOf, type AccountFields } from './account-fields';
import { OnceShown } from './once-shown';

interface AccountDialogProps {
  /** Null makes a new one. */
  readonly account: StaffAccount | null;
  /** Team names that are in use. */
  readonly teams: readonly string[];
  readonly onClose: () => void;
}

/** One account: made, changed, closed, given a new password. */
export function AccountDialog({ account, teams, onClose }: AccountDialogProps) {
  const { t } = useTranslation('accounts');
  const words = useWords();
  const me = useMe().data;
  const [fields, setFields] = useState<AccountFields>(() => fieldsOf(account, me?.brand.timeZone ?? 'UTC'));
  const make = useMakeAccount();
  const change = useChangeAccount();
  const renew = useRenewPassword();
  const password = make.data?.password ?? renew.data?.password;
  const problem = make.error ?? change.error ?? renew.error;
  const save = () => {
    if (account) change.mutate({ id: account.id, ...changeOf(fields, account) }, { onSuccess: onClose });
    else make.mutate(newAccountOf(fields));
  };
  return (
    <Modal opened onClose={onClose} size={560} title={account?.name ?? t('new')} closeButtonProps={{ 'aria-label': t('close') }}>
      {password ? (
        <OnceShown hint={t('passwordOnce', { name: fields.name })} secret={password} />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <AccountForm fields={fields} isNew={account === null} teams={teams} onChange={(part) => setFields({ ...fields, ...part })} />
          {problem && <p role="alert">{words.error(problem)}</p>}
          <Group justify="space-between" mt="md">
            {account ? (
              <Group gap="xs">
                <Button variant="subtle" onClick={() => renew.mutate(account.id)} disabled={!account.active}>
                  {t('renewPassword')}
                </Button>
                <Button
                  variant="subtle"
                  color={account.active ? 'red' : undefined}
                  disabled={account.id === me?.id}
                  onClick={() => change.mutate({ id: account.id, active: !account.active }, { onSuccess: onClose })}
                >
                  {t(account.active ? 'closeAccount' : 'openAccount')}
                </Button>
              </Group>
            ) : (
              <span />
            )}
            <Button type="submit" variant="filled" loading={make.isPending || change.isPending}>
              {t(account ? 'save' : 'make')}
            </Button>
          </Group>
        </form>
      )}
    </Modal>
  );
}
