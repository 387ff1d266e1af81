import { Button } from '@mantine/core';
import { IconLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { usePayeeLink } from '../client';
import { useWords } from '../locales';
import { useMayWrite } from './rights';
import { toast } from './toasts';

/** Sends the payee a fresh link to choose where the money goes, after a payment that failed. Any link before it opens no more. */
export function PayeeLinkButton({ conversation }: { readonly conversation: string }) {
  const { t } = useTranslation('desk');
  const words = useWords();
  const link = usePayeeLink();
  const mayWrite = useMayWrite();
  if (!mayWrite) return null;
  const send = () =>
    link.mutate(conversation, {
      onSuccess: ({ to }) => toast({ text: t('payeeLink.sent', { to }) }),
      onError: (error) => toast({ text: words.error(error), tone: 'danger' }),
    });
  return (
    <Button size="xs" loading={link.isPending} leftSection={<IconLink size={14} stroke={1.8} />} onClick={send}>
      {t('payeeLink.send')}
    </Button>
  );
}
