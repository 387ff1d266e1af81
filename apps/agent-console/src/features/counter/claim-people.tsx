import { useClaim } from '../../client';
import { useWords } from '../../locales';
import styles from './counter.module.css';

/** The parties of a claim that was found, each of whom may be the one who stands here. */
export function ClaimPeople({ number, onPick }: { readonly number: string; readonly onPick: (contact: string) => void }) {
  const words = useWords();
  const { data } = useClaim(number);
  const people = (data?.parties ?? []).flatMap((party) => (party.contact ? [{ ...party, contact: party.contact }] : []));
  return people.map((party) => (
    <li key={party.id}>
      <button type="button" className={styles.person} onClick={() => onPick(party.contact.id)}>
        <strong>{party.name}</strong>
        <span className={styles.quiet}>{[number, words.of('role', party.role)].join(' · ')}</span>
      </button>
    </li>
  ));
}
