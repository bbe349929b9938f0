import { IconMessage2 } from '@tabler/icons-react';
import type { ApplicationView } from '#contract';
import { Notice } from '../parts/banner.js';
import { TextArea } from '../parts/text-field.js';
import { useText } from '../words.js';

/** What the desk asked to mend in this very answer; who finds it right as it is says why. */
export function FieldNote({ of: { field, note, changed, reply } }: { of: ApplicationView['returnFields'][number] }) {
  const t = useText('application');
  return (
    <>
      <Notice icon={IconMessage2}>
        <p>
          <b>{t('application.note')}</b>
          <br />
          {note}
        </p>
        {changed && <p className="small">{t('application.note.changed')}</p>}
      </Notice>
      {!changed && (
        <TextArea
          name={`replies.${field}`}
          label={t('application.note.reply')}
          hint={t('application.note.reply.hint')}
          rows={2}
          maxLength={600}
          defaultValue={reply ?? ''}
          optional
        />
      )}
    </>
  );
}
