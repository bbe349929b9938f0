import { useQuery, useQueryClient } from '@tanstack/react-query';
import { FileList, type FileView, type MessageFile, type RoomView } from '#contract';
import { call } from '../api.js';
import { useText } from '../words.js';
import { FileItem } from './file-item.js';
import { FilePicker } from './file-picker.js';
import styles from './files.module.css';

type Props = {
  room: RoomView;
  attached: MessageFile[];
  onAttach: (file: FileView) => void;
  onDetach: (id: string) => void;
};

/** Files for the message that is being written: what is chosen, how much there is room for. Whom they will be seen by is said right above, as of the message. */
export function RoomFiles({ room, attached, onAttach, onDetach }: Props) {
  const t = useText('files');
  const cache = useQueryClient();
  const key = ['room-files', room.id];
  const known = useQuery({ queryKey: key, queryFn: () => call(FileList, `/rooms/${room.id}/files`) });
  return (
    <div className={styles.attached}>
      {attached.length > 0 && (
        <ul className={styles.files}>
          {attached.map((file) => (
            <FileItem key={file.id} file={file}>
              <button type="button" className={styles.act} onClick={() => onDetach(file.id)}>
                {t('files.detach')}
              </button>
            </FileItem>
          ))}
        </ul>
      )}
      <FilePicker
        place={{ purpose: 'room', roomId: room.id }}
        label={t('files.add.room')}
        used={known.data?.used}
        onArrived={(file) => {
          onAttach(file);
          void cache.invalidateQueries({ queryKey: key });
        }}
      />
    </div>
  );
}
