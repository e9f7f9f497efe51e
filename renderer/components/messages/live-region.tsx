import type { ReactElement } from 'react';
import { presentLink } from '../../../shared/link/present-link.ts';
import { useApp } from '../../state/app-context.ts';
import heard from '../controls/heard-only.module.css';

/** Tells screen readers what becomes of the link: once per change, and without its countdown. */
export function LiveRegion(): ReactElement {
  const link = useApp(({ status }) => status.state);
  const still = 'nextAttemptAt' in link ? { ...link, nextAttemptAt: null, stage: null } : link;
  const { label, detail } = presentLink(still, 0);
  return (
    <output className={heard.only} data-testid="announcement">
      {label.replace(/\.$/, '')}. {detail}
    </output>
  );
}
