import styles from './tabs-line.module.css';

interface TabsLineProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly tabs: readonly { readonly value: Value; readonly name: string; readonly count?: number }[];
}

/** A few views of the same list, one of them chosen. */
export function TabsLine<Value extends string>({ label, value, onChange, tabs }: TabsLineProps<Value>) {
  return (
    <div className={styles.tabs} role="group" aria-label={label}>
      {tabs.map((tab) => (
        <button key={tab.value} type="button" className={styles.tab} aria-pressed={tab.value === value} onClick={() => onChange(tab.value)}>
          {tab.name}
          {tab.count !== undefined && <span className={styles.count}>{tab.count}</span>}
        </button>
      ))}
    </div>
  );
}
