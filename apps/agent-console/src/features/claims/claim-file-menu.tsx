import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconArchive, IconFileCertificate, IconPrinter, IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { claimFileHref } from '../../client';
import { VerifyClaimFile } from './verify-claim-file';

const FORMATS = [
  { format: 'zip', name: 'archive', icon: IconArchive },
  { format: 'pdf', name: 'pdf', icon: IconPrinter },
  { format: 'json', name: 'json', icon: IconFileCertificate },
] as const;

/** The claim as evidence: downloaded, or an earlier download held against today. */
export function ClaimFileMenu({ number }: { readonly number: string }) {
  const { t } = useTranslation('claims');
  const [verifying, setVerifying] = useState(false);
  return (
    <>
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <Tooltip label={t('file.menu')}>
            <ActionIcon aria-label={t('file.menu')}>
              <IconFileCertificate size={18} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown>
          {FORMATS.map(({ format, name, icon: Icon }) => (
            <Menu.Item
              key={format}
              component="a"
              href={claimFileHref(number, format)}
              download={`${number}.${format}`}
              leftSection={<Icon size={16} stroke={1.6} />}
            >
              {t(`file.${name}`)}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<IconShieldCheck size={16} stroke={1.6} />} onClick={() => setVerifying(true)}>
            {t('file.verify')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {verifying && <VerifyClaimFile number={number} onClose={() => setVerifying(false)} />}
    </>
  );
}
