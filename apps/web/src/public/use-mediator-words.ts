import type { TextKey } from '#language';
import { useDates, useText } from '../words.js';

/** How a page names a mediator's languages and free days. A code it does not know is shown as it came. */
export function useMediatorWords() {
  const t = useText('mediators');
  const dates = useDates();
  return {
    language: (code: string) => {
      const key = `mediators.language.${code}` as TextKey<'mediators'>;
      const said = t(key);
      return said === key ? code : said;
    },
    days: (days: string[]) => (days.length > 0 ? days.map((day) => dates.dayAndMonth(day)).join(', ') : t('mediators.freeDays.none')),
  };
}
