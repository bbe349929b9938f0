import { useQuery } from '@tanstack/react-query';
import { FileList } from '#contract';
import { call } from '../api.js';
import { useText } from '../words.js';
import { FileItem } from './file-item.js';
import styles from './files.module.css';

/** What its owners have shown here from other rooms. */
export function LetIn({ roomId }: { roomId: string }) {
  const t = useText('files');
  const found = useQuery({ queryKey: ['room-files', roomId], queryFn: () => call(FileList, `/rooms/${roomId}/files`) });
  const files = (found.data?.files ?? []).filter((file) => file.roomId !== roomId && !file.isRemoved);
  if (files.length === 0) return null;
  return (
    <section className={styles.letIn} aria-label={t('files.letIn')}>
      <p className="small">{t('files.letIn')}</p>
      <ul className={styles.files}>
        {files.map((file) => (
          <FileItem key={file.id} file={file} />
        ))}
      </ul>
    </section>
  );
}
