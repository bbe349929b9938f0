import { IconPaperclip } from '@tabler/icons-react';
import { useId } from 'react';
import { fileLimits, type FileView } from '#contract';
import { Icon } from '../parts/icon.js';
import { useText } from '../words.js';
import styles from './files.module.css';
import type { UploadPlace } from './upload.js';
import { type Going, useUploads } from './use-uploads.js';
import { useSize } from './use-size.js';

const kinds = '.jpg,.jpeg,.png,.webp,.pdf,.docx,.xlsx,.pptx,.odt,.ods,image/jpeg,image/png,image/webp,application/pdf';

type Props = {
  place: UploadPlace;
  label: string;
  used?: { files: number; bytes: number } | undefined;
  onArrived: (file: FileView) => void;
};

/** Chooses files and shows how they go: how much has arrived, that they are looked at, why one was refused. */
export function FilePicker({ place, label, used, onArrived }: Props) {
  const t = useText('files');
  const size = useSize();
  const id = useId();
  const { going, send, drop } = useUploads(place, onArrived);
  return (
    <div className={styles.picker}>
      <input
        id={id}
        className="vh"
        type="file"
        multiple
        accept={kinds}
        aria-describedby={`${id}-note`}
        onChange={({ target }) => {
          for (const file of target.files ?? []) send(file);
          target.value = '';
        }}
      />
      <label htmlFor={id} className={styles.choose}>
        <Icon of={IconPaperclip} />
        {label}
      </label>
      <p className={styles.note} id={`${id}-note`}>
        {t('files.kinds', { size: size(fileLimits.bytes) })}
        {used &&
          ` ${t('files.meter', { files: used.files, of: fileLimits.files, size: size(used.bytes), together: size(fileLimits.together) })}`}
      </p>
      <ul className={styles.list} aria-live="polite">
        {going.map((one) => (
          <GoingRow key={one.key} going={one} onDrop={() => drop(one.key)} />
        ))}
      </ul>
    </div>
  );
}

function GoingRow({ going: { name, bytes, sent, state, code }, onDrop }: { going: Going; onDrop: () => void }) {
  const t = useText('files');
  const percent = Math.floor((sent / Math.max(1, bytes)) * 100);
  return (
    <li className={styles.row}>
      <span className={styles.name}>{name}</span>
      {state === 'sending' && (
        <progress className={styles.bar} max={bytes} value={sent} aria-label={t('files.sending', { name, percent })} />
      )}
      <span className={styles.state}>
        {state === 'sending' && `${percent} %`}
        {state === 'checking' && t('files.checking')}
        {state === 'waiting' && t('files.waiting')}
        {state === 'refused' && code && t(`errors.${code}`)}
      </span>
      <button type="button" className={styles.act} onClick={onDrop}>
        {t(state === 'refused' ? 'files.hide' : 'files.stop')}
      </button>
    </li>
  );
}
