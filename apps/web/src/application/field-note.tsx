import { IconMessage2 } from '@tabler/icons-react';
import type { ApplicationView } from '#contract';
import { Notice } from '../parts/banner.js';
import { TextArea } from '../parts/text-field.js';
import { useText } from '../words.js';

type Returned = ApplicationView['returnFields'][number];

/** What the desk asked to mend in this very answer; it stands above the answer. */
export function FieldNote({ of: { note, changed } }: { of: Returned }) {
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

/** Who has read his answer again and finds it right as it is says why, below it. */
export function FieldReply({ of: { field, changed, reply } }: { of: Returned }) {
  const t = useText('application');
  if (changed) return null;
  return (
    <TextArea
      name={`replies.${field}`}
      label={t('application.note.reply')}
      hint={t('application.note.reply.hint')}
      rows={2}
      maxLength={600}
      defaultValue={reply ?? ''}
      optional
    />
  );
}
