import { IconArrowLeft } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useText } from '../words.js';
import { Icon } from './icon.js';
import styles from './page-head.module.css';
import { usePageTitle } from './page-title.js';

type Props = {
  title: string;
  eyebrow?: ReactNode;
  lead?: ReactNode;
  /** Where one step back leads, and its name when it is not simply "back". */
  back?: string;
  backLabel?: string;
  /** A neutral name for the browser's tab, where the heading would tell too much. */
  tabTitle?: string;
  /** Mistakes stand on the page: the tab says so. */
  hasErrors?: boolean;
};

/** The way back, the heading that takes the focus when the page opens, and the browser tab's title. */
export function PageHead({ title, eyebrow, lead, back, backLabel, tabTitle, hasErrors = false }: Props) {
  const heading = usePageTitle(tabTitle ?? title, hasErrors);
  return (
    <>
      {back !== undefined && <BackLink to={back} label={backLabel} />}
      {eyebrow && <p className="eyebrow">{eyebrow}</p>}
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {lead && <p className="lead">{lead}</p>}
    </>
  );
}

export function BackLink({ to, label }: { to: string; label?: string | undefined }) {
  const t = useText();
  return (
    <Link className={styles.back} to={to}>
      <Icon of={IconArrowLeft} />
      {label ?? t('common.back')}
    </Link>
  );
}
