import { useEffect, useRef } from 'react';
import { useLocation } from 'react-router';
import { useText } from '../words.js';

let hasOpened = false;

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
    if (hasOpened && pathname) heading.current?.focus();
    hasOpened = true;
  }, [pathname]);

  return heading;
}
