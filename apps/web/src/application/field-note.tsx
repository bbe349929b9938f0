import { IconMessage2 } from '@tabler/icons-react';
import { useText } from '../words.js';
import { Notice } from '../parts/banner.js';

/** What the desk asked to mend in this very answer. */
export function FieldNote({ note, changed }: { note: string; changed: boolean }) {
  const t = useText('application');
  return (
    <Notice icon={IconMessage2}>
      <p>
        <b>{t('application.note')}</b>
        <br />
        {note}
      </p>
      {changed && <p className="small">{t('application.note.changed')}</p>}
    </Notice>
  );
}
