import { Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { runCommand, useOffer } from '../../commands';
import { hrefs, useGo, usePath } from '../../navigation';
import { CommandList } from './command-list';
import styles from './command-bar.module.css';
import { useScreenCommands } from './screen-commands';

/** `Ctrl+K`: everything that can be done here, and everything that can be found, from one field. */
export function CommandBar() {
  const { t } = useTranslation('command-bar');
  const [opened, { open, close }] = useDisclosure(false);
  const go = useGo();
  const path = usePath();
  const search = () => {
    if (path !== hrefs.search || !runCommand('search.focus')) go(hrefs.search);
  };
  const section = t('section');
  useOffer([
    { id: 'command-bar.open', title: t('open'), section, keys: 'mod+k', whileTyping: true, hidden: true, run: open },
    { id: 'go.search', title: t('search'), section: t('go'), keys: '/', everywhere: true, run: search },
  ]);
  useScreenCommands();
  const run = (command: () => void) => {
    close();
    // After the bar is gone: what the command opens must not lose its focus to it.
    setTimeout(command, 0);
  };
  return (
    <Modal.Root opened={opened} onClose={close} padding={0} size={620} yOffset="12vh" classNames={{ content: styles.content }}>
      <Modal.Overlay backgroundOpacity={0.35} />
      <Modal.Content aria-label={t('open')}>
        <CommandList run={run} />
      </Modal.Content>
    </Modal.Root>
  );
}
