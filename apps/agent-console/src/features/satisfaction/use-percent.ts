import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** Writes shares and percentage points as the reader's language does. */
export function usePercent(): { percent(share: number | null): string; signed(points: number): string } {
  const { language } = useTranslation().i18n;
  return useMemo(() => {
    const shares = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
    const signs = new Intl.NumberFormat(language, { signDisplay: 'exceptZero', maximumFractionDigits: 1 });
    return { percent: (share) => (share === null ? '–' : shares.format(share)), signed: (points) => signs.format(points) };
  }, [language]);
}
