import { useMediaQuery } from '@mantine/hooks';

/** Below 900 px columns become pages. */
export const useNarrow = (): boolean => useMediaQuery('(max-width: 899px)', false, { getInitialValueInEffect: false }) ?? false;
