import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { Problem, sentAway, whenSentAway } from './api.js';
import { App, hurry } from './app.js';
import { startOnePress } from './one-press.js';
import { startReader } from './reader.js';
import { referenceQuery } from './reference.js';
import { sessionQuery } from './session.js';
import './theme/fonts.css';
import './theme/tokens.css';
import './theme/base.css';
import { startWords } from './words.js';

/** Only reads are tried again, and only when nobody has answered. */
const cache = new QueryClient({
  queryCache: new QueryCache({ onError: (refusal) => refusal instanceof Problem && refusal.code === 'unauthenticated' && sentAway() }),
  defaultOptions: {
    // Asked whatever the browser thinks of the line: an honest refusal is told, a question that waits in silence is not.
    queries: {
      networkMode: 'always',
      refetchOnReconnect: true,
      retry: (times, refusal) => times < 2 && refusal instanceof Problem && refusal.code === 'offline',
      staleTime: 5_000,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});

whenSentAway(() => void cache.invalidateQueries({ queryKey: ['session'] }, { cancelRefetch: false }));
startOnePress();
startReader();
// What the first page needs is asked for all at once: on a slow line each turn costs more than its bytes.
const words = startWords();
hurry(location.pathname);
void cache.prefetchQuery(sessionQuery);
void cache.prefetchQuery(referenceQuery);
await words;
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={cache}>
      <BrowserRouter>
        <App />
      </BrowserRouter>
    </QueryClientProvider>
  </StrictMode>,
);
