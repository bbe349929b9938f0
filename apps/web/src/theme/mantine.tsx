import '@mantine/core/styles/default-css-variables.css';
import { createTheme, type CSSVariablesResolver, MantineProvider, type MantineThemeOverride } from '@mantine/core';
import type { ReactNode } from 'react';
import tokens from './tokens.json' with { type: 'json' };

const theme = createTheme(tokens.theme as unknown as MantineThemeOverride);

/** Mantine's own names follow ours, so the reader themes of tokens.css reach its components too. */
const resolver: CSSVariablesResolver = () => ({
  variables: {
    '--mantine-color-body': 'var(--paper)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-2)',
    '--mantine-color-error': 'var(--err)',
    '--mantine-color-anchor': 'var(--link)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-color': 'var(--ink)',
    '--mantine-color-default-border': 'var(--line-strong)',
    '--mantine-color-default-hover': 'var(--brand-soft)',
    '--mantine-color-placeholder': 'var(--ink-2)',
    '--mantine-primary-color-filled': 'var(--brand)',
    '--mantine-primary-color-filled-hover': 'var(--brand-strong)',
    '--mantine-primary-color-light': 'var(--brand-soft)',
    '--mantine-primary-color-light-color': 'var(--brand)',
    '--mantine-primary-color-contrast': 'var(--on-brand)',
    '--mantine-color-ertis-filled': 'var(--brand)',
    '--mantine-color-ertis-filled-hover': 'var(--brand-strong)',
    '--mantine-line-height': 'var(--lh)',
  },
  light: {},
  dark: {},
});

/**
 * Mantine stands around staff screens only: lists with search, dialogs, tabs. The pages a citizen crosses are built on our own
 * parts, because Mantine's share of the filing path was 20 kB of script (docs/decisions).
 * A page that uses a Mantine component imports that component's sheet: '@mantine/core/styles/Select.layer.css'.
 */
export function WithMantine({ children }: { children: ReactNode }) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={resolver} forceColorScheme="light">
      {children}
    </MantineProvider>
  );
}
