import styles from './avatar.module.css';

const HUES = [225, 262, 292, 330, 12, 32, 152, 178, 200];

function hueOf(name: string): number {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return HUES[sum % HUES.length] ?? 225;
}

/** Two letters, or the last two characters of a Chinese name. */
export function initials(name: string): string {
  const trimmed = name.trim();
  if (/^\p{Script=Han}+$/u.test(trimmed)) return [...trimmed].slice(-2).join('');
  const words = trimmed.split(/\s+/).filter((word) => /[\p{Letter}]/u.test(word));
  if (words.length === 0) return '#';
  return [words[0], words.length > 1 ? words.at(-1) : '']
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase();
}

/** A person as a small round mark; decoration, the name stands beside it. */
export function Avatar({ name, size = 28, presence }: { readonly name: string; readonly size?: number; readonly presence?: string }) {
  const style = { '--avatar-hue': hueOf(name), width: size, height: size, fontSize: Math.round(size * 0.38) } as React.CSSProperties;
  return (
    <span className={styles.avatar} style={style} aria-hidden="true">
      {initials(name)}
      {presence && <i className={styles.presence} data-presence={presence} />}
    </span>
  );
}
