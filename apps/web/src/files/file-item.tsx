import { IconFileText, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { MessageFile } from '#contract';
import { Icon } from '../parts/icon.js';
import { useText } from '../words.js';
import styles from './files.module.css';
import { useSize } from './use-size.js';

/** A file as it is seen: a small picture or a sign, its name to take it away by, its size, and that nobody has scanned it. */
export function FileItem({ file, children }: { file: MessageFile; children?: ReactNode }) {
  const t = useText('files');
  const size = useSize();
  if (file.isRemoved)
    return (
      <li className={styles.item}>
        <Icon of={IconTrash} />
        <span>{t('files.removed')}</span>
      </li>
    );
  return (
    <li className={styles.item}>
      {file.hasPreview ? (
        <img className={styles.preview} src={`/api/files/${file.id}/preview`} alt="" loading="lazy" />
      ) : (
        <Icon of={IconFileText} />
      )}
      <span>
        <a href={`/api/files/${file.id}/content`} download>
          {file.name}
        </a>
        <small className={styles.note}>
          {size(file.bytes)}
          {!file.isScanned && ` · ${t('files.notScanned')}`}
        </small>
        {children}
      </span>
    </li>
  );
}
