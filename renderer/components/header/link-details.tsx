import { Popover } from '@base-ui/react/popover';
import type { ReactElement } from 'react';
import { ToneIcon } from '../controls/tone-icon.tsx';
import { useLinkText } from '../stage/use-link-text.ts';
import styles from './link-details.module.css';
import { partNames } from './part-names.ts';
import { useLinkParts } from './use-link-parts.ts';

/** All that is known of the link and its parts, in sentences. */
export function LinkDetails(): ReactElement {
  const { label, detail } = useLinkText();
  const parts = useLinkParts();
  return (
    <>
      <Popover.Title className={styles.title}>{label}</Popover.Title>
      {detail !== '' && <Popover.Description className={styles.detail}>{detail}</Popover.Description>}
      <dl className={styles.parts} data-testid="link-details">
        {parts.map(({ part, tone, label, detail }) => (
          <div key={part} className={styles.part}>
            <dt className={styles.name} data-tone={tone}>
              <ToneIcon tone={tone} size={16} />
              {partNames[part]}
            </dt>
            <dd className={styles.words}>
              {label}
              {detail !== undefined && <span className={styles.more}>{detail}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
