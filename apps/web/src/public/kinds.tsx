import {
  IconBasket,
  IconBriefcase,
  IconBuildingBank,
  IconCoins,
  IconFence,
  IconHome,
  IconMapRoute,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react';
import { Icon } from '../parts/icon.js';
import { useText } from '../words.js';
import styles from './kinds.module.css';

const kinds = {
  neighbours: IconFence,
  housing: IconHome,
  land: IconMapRoute,
  family: IconUsers,
  debt: IconCoins,
  labour: IconBriefcase,
  consumer: IconBasket,
  court: IconBuildingBank,
} satisfies Record<string, TablerIcon>;

/** The disputes people bring most often. The whole list is asked in the application. */
export function Kinds() {
  const t = useText('start');
  return (
    <ul className={`plain ${styles.kinds}`}>
      {(Object.keys(kinds) as (keyof typeof kinds)[]).map((kind) => (
        <li key={kind}>
          <Icon of={kinds[kind]} />
          <span>{t(`start.kind.${kind}`)}</span>
        </li>
      ))}
    </ul>
  );
}
