import { timeInWords } from '#language';
import { useDates, useText } from '../words.js';

/** Oskemen's clock is not everybody's: the same moment on the device, where it differs. */
const oskemenOffset = -300;

/** Hours of one slot in words, with the device's own where that shows another time. */
export function Hours({ from, to, mode }: { from: string; to: string; mode: string }) {
  const t = useText('calendar');
  const dates = useDates();
  const local = new Date(from);
  const isElsewhere = local.getTimezoneOffset() !== oskemenOffset;
  const clock = `${local.getHours()}:${String(local.getMinutes()).padStart(2, '0')}`;
  const day = `${local.getFullYear()}-${String(local.getMonth() + 1).padStart(2, '0')}-${String(local.getDate()).padStart(2, '0')}`;
  return (
    <>
      <b>
        <span className="nw">
          {timeInWords(from)}–{timeInWords(to)}
        </span>
        , {mode}
      </b>
      {isElsewhere && (
        <>
          <br />
          <span className="small muted">{t('calendar.zone.yours', { when: `${dates.dayAndMonth(day)}, ${clock}` })}</span>
        </>
      )}
    </>
  );
}
