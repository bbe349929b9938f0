import { useEffect, useRef } from 'react';
import { useLocation } from 'react-router';
import { useText } from '../words.js';

let opened: string | null = null;

/**
 * Names the browser's tab and gives the page's heading the focus when one comes from another page, so that a screen reader
 * hears where it is. The first page of a visit is left alone. With mistakes on the page the title begins with "Error:".
 */
export function usePageTitle(page: string, hasErrors = false) {
  const t = useText();
  const { pathname } = useLocation();
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    const title = t('common.pageTitle', { page });
    document.title = hasErrors ? t('common.errorTitle', { page: title }) : title;
  }, [t, page, hasErrors]);

  useEffect(() => {
    if (opened !== null && opened !== pathname) heading.current?.focus();
    opened = pathname;
  }, [pathname]);

  return heading;
}
