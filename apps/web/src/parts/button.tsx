import type { ComponentPropsWithoutRef, ComponentPropsWithRef, ReactNode } from 'react';
import { Link } from 'react-router';
import styles from './button.module.css';
import { classes } from './classes.js';

type Look = {
  /** One primary button a page. A side's tone only inside that side's room. */
  tone?: 'primary' | 'second' | 'quiet' | 'a' | 'b';
  small?: boolean;
  /** Fills the width on a phone. */
  wide?: boolean;
  children: ReactNode;
};
type ButtonProps = Look & { busy?: boolean } & Omit<ComponentPropsWithRef<'button'>, keyof Look>;
type ButtonLinkProps = Look & { to: string } & Omit<ComponentPropsWithoutRef<typeof Link>, keyof Look>;

const look = ({ tone = 'primary', small, wide }: Omit<Look, 'children'>) =>
  classes(styles.button, styles[tone], small && styles.small, wide && styles.wide);

/** A busy button keeps its place and its focus, and lets no second press through. */
export function Button({ tone, small, wide, busy = false, onClick, type = 'button', ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      className={look({ ...(tone && { tone }), ...(small && { small }), ...(wide && { wide }) })}
      aria-disabled={busy || undefined}
      onClick={(event) => (busy ? event.preventDefault() : onClick?.(event))}
    />
  );
}

export function ButtonLink({ tone, small, wide, ...rest }: ButtonLinkProps) {
  return <Link {...rest} className={look({ ...(tone && { tone }), ...(small && { small }), ...(wide && { wide }) })} />;
}

export function Actions({ children }: { children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}
