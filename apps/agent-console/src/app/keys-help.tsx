import { Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { KeysLabel, useCommands, useOffer, type Command } from '../commands';
import styles from './keys-help.module.css';

const bySection = (commands: readonly Command[]): readonly (readonly [string, readonly Command[]])[] => {
  const sections = new Map<string, Command[]>();
  for (const one of commands.filter((command) => command.keys)) sections.set(one.section, [...(sections.get(one.section) ?? []), one]);
  return [...sections];
};

/** `?`: every key that works here and now. */
export function KeysHelp() {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  const commands = useCommands();
  useOffer([{ id: 'help.keys', title: t('keys.help'), section: t('keys.help'), keys: '?', run: open }]);
  return (
    <Modal opened={opened} onClose={close} title={t('keys.title')} size="lg" closeButtonProps={{ 'aria-label': t('close') }}>
      <div className={styles.sections}>
        {bySection(commands).map(([section, offered]) => (
          <section key={section}>
            <h2 className={styles.heading}>{section}</h2>
            <dl className={styles.list}>
              {offered.map((one) => (
                <div key={one.id} className={styles.line}>
                  <dt>{one.title}</dt>
                  <dd>{one.keys && <KeysLabel keys={one.keys} />}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
