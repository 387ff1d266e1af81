import type { Conversation } from '@claimline/protocol';
import { ActionIcon, Menu } from '@mantine/core';
import { IconCheck, IconDots, IconFileDescription, IconLink, IconMoodSad, IconPhone, IconRotate, IconUser } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useStartCall } from '../../client';
import { runCommand } from '../../commands';
import { useWords } from '../../locales';
import { hrefs, useGo } from '../../navigation';
import { toast, useNarrow } from '../../ui';
import { useRaise } from './raise-complaint';
import type { Deeds } from './use-deeds';

interface MoreMenuProps {
  readonly conversation: Conversation;
  readonly mayWrite: boolean;
  readonly deeds: Deeds;
}

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const;

/** What is done less often; on a phone also what has no room beside it. */
export function MoreMenu({ conversation, mayWrite, deeds }: MoreMenuProps) {
  const { t } = useTranslation('thread');
  const words = useWords();
  const go = useGo();
  const narrow = useNarrow();
  const call = useStartCall();
  const raise = useRaise(conversation.id);
  const start = () =>
    call.mutate(
      { id: conversation.id },
      { onSuccess: () => toast({ text: t('calling') }), onError: (error) => toast({ text: words.error(error), tone: 'danger' }) },
    );
  const { claim } = conversation;
  return (
    <Menu position="bottom-end" width={232}>
      <Menu.Target>
        <ActionIcon aria-label={t('more')}>
          <IconDots size={18} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {mayWrite && narrow && conversation.status === 'open' && (
          <Menu.Item leftSection={<IconCheck {...icon} />} onClick={deeds.resolve}>
            {t('resolve')}
          </Menu.Item>
        )}
        {mayWrite && narrow && conversation.status !== 'open' && (
          <Menu.Item leftSection={<IconRotate {...icon} />} onClick={deeds.reopen}>
            {t('reopen')}
          </Menu.Item>
        )}
        {mayWrite && (
          <Menu.Item leftSection={<IconPhone {...icon} />} onClick={start}>
            {t('call')}
          </Menu.Item>
        )}
        {mayWrite && (
          <Menu.Item leftSection={<IconLink {...icon} />} onClick={() => runCommand('conversation.link')}>
            {claim ? t('relink') : t('link')}
          </Menu.Item>
        )}
        {mayWrite && (
          <Menu.Item leftSection={<IconMoodSad {...icon} />} onClick={() => raise()}>
            {t('raiseComplaint')}
          </Menu.Item>
        )}
        {claim && (
          <Menu.Item leftSection={<IconFileDescription {...icon} />} onClick={() => go(hrefs.claim(claim.number))}>
            {t('openClaim')}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconUser {...icon} />} onClick={() => go(hrefs.customer(conversation.contact.id))}>
          {t('openCustomer')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
