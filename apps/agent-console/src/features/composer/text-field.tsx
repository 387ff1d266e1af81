import type { Template } from '@claimline/protocol';
import { Textarea } from '@mantine/core';
import { useId, useState, type ClipboardEvent, type KeyboardEvent, type Ref } from 'react';
import { slashWord } from './composer-rules';
import styles from './composer.module.css';
import { TemplatePicker, useMatching } from './template-picker';

interface TextFieldProps {
  readonly ref: Ref<HTMLTextAreaElement>;
  readonly text: string;
  readonly placeholder: string;
  readonly label: string;
  /** The customer's language, for which templates are offered first. */
  readonly language: string;
  readonly onText: (text: string) => void;
  readonly onFiles: (files: Iterable<File>) => void;
  readonly onTemplate: (template: Template, before: string, after: string) => void;
}

/** Where the words go. `/` at the beginning of a line offers templates; pasted pictures become files. */
export function TextField({ ref, text, placeholder, label, language, onText, onFiles, onTemplate }: TextFieldProps) {
  const id = useId();
  const [caret, setCaret] = useState(text.length);
  const [closedAt, setClosedAt] = useState<number | null>(null);
  const [at, setAt] = useState(0);
  const slash = slashWord(text, Math.min(caret, text.length));
  const open = slash !== null && slash.from !== closedAt;
  const found = useMatching(open ? slash.word : null, language);
  const pick = (template: Template) => {
    if (!slash) return;
    setAt(0);
    onTemplate(template, text.slice(0, slash.from), text.slice(slash.from + 1 + slash.word.length));
  };
  const keys = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (!open && event.key === 'Escape') return event.currentTarget.blur();
    if (!open || event.ctrlKey || event.metaKey) return;
    const chosen = found[at];
    if (event.key === 'ArrowDown') setAt(Math.min(found.length - 1, at + 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(0, at - 1));
    else if ((event.key === 'Enter' || event.key === 'Tab') && chosen) pick(chosen);
    else if (event.key === 'Escape') setClosedAt(slash.from);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const paste = (event: ClipboardEvent) => {
    const files = [...event.clipboardData.files];
    if (files.length === 0) return;
    event.preventDefault();
    onFiles(files);
  };
  return (
    <>
      {open && <TemplatePicker id={id} found={found} at={at} onAt={setAt} onPick={pick} />}
      <Textarea
        ref={ref}
        variant="unstyled"
        autosize
        minRows={2}
        maxRows={12}
        className={styles.text}
        classNames={{ input: styles.input }}
        placeholder={placeholder}
        aria-label={label}
        role={open ? 'combobox' : undefined}
        aria-expanded={open ? true : undefined}
        aria-controls={open ? id : undefined}
        aria-activedescendant={open && found[at] ? `${id}-${at}` : undefined}
        value={text}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onChange={(event) => {
          setCaret(event.currentTarget.selectionStart);
          setAt(0);
          onText(event.currentTarget.value);
        }}
        onKeyDown={keys}
        onPaste={paste}
      />
    </>
  );
}
