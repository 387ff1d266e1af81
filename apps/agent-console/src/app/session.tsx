import { useQueryClient } from '@tanstack/react-query';
import { useEffect, type ReactNode } from 'react';
import { ApiError, closeOutbox, keys, onSignedOut, openOutbox, startRealtime, useMe } from '../client';
import { SignInPage } from '../features/sign-in';
import { firstLocale, speak } from '../locales';
import { ErrorState } from '../ui';
import { Splash } from './splash';

const isSignedOut = (error: unknown): boolean => error instanceof ApiError && error.code === 'not-signed-in';

/** Who is here: the sign-in page for strangers; for the others their language, their unsent replies and the live connection. */
export function Session({ children }: { readonly children: ReactNode }) {
  const queries = useQueryClient();
  const me = useMe();
  const account = me.data?.id;
  const locale = me.data?.locale;

  useEffect(() => {
    onSignedOut(() => {
      queries.removeQueries({ predicate: (query) => query.queryKey[0] !== keys.me[0] });
      queries.setQueryData(keys.me, null);
    });
  }, [queries]);

  useEffect(() => {
    if (!account) return undefined;
    openOutbox(queries, account);
    return startRealtime(queries);
  }, [account, queries]);

  useEffect(() => {
    if (account) void speak(locale ?? firstLocale());
  }, [account, locale]);

  if (me.data) return children;
  if (me.data === null || isSignedOut(me.error)) return <SignInPage />;
  if (me.error) return <ErrorState error={me.error} retry={() => void me.refetch()} />;
  return <Splash />;
}

/** Forgets the account on this machine. */
export function forgetSession(): void {
  closeOutbox();
}
