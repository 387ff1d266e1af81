import { Kbd } from '@mantine/core';

const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.platform);

const WORDS: Readonly<Record<string, string>> = { enter: '↵', escape: 'Esc', arrowup: '↑', arrowdown: '↓', shift: '⇧' };

const worded = (part: string): string => {
  if (part === 'mod') return isMac() ? '⌘' : 'Ctrl';
  return WORDS[part] ?? (part.length === 1 ? part.toUpperCase() : part);
};

/** Keys of a command as they stand on the keyboard. */
export function KeysLabel({ keys }: { readonly keys: string }) {
  return (
    <span style={{ display: 'inline-flex', gap: 3 }}>
      {keys.split('+').map((part) => (
        <Kbd key={part} size="xs">
          {worded(part)}
        </Kbd>
      ))}
    </span>
  );
}
