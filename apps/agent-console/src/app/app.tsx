import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiError } from '../client';
import { theme, variables } from '../theme/theme';
import { Crash } from './crash';
import { createConsoleRouter } from './routes';
import { Session } from './session';

/** A refusal stays a refusal; only what may pass is asked again. */
const worthRepeating = (failures: number, error: unknown): boolean => failures < 2 && !(error instanceof ApiError && error.status < 500);

const createQueries = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      // Realtime tells what is stale; coming back to the tab reads again anyway, in case the socket slept.
      queries: {
        retry: worthRepeating,
        retryDelay: (attempt) => 400 * 2 ** attempt,
        staleTime: 10_000,
        refetchOnWindowFocus: true,
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });

/** The console: theme, answers, session, pages. */
export function App() {
  const [queries] = useState(createQueries);
  const [router] = useState(createConsoleRouter);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
      <Crash>
        <QueryClientProvider client={queries}>
          <Session>
            <RouterProvider router={router} />
          </Session>
        </QueryClientProvider>
      </Crash>
    </MantineProvider>
  );
}
