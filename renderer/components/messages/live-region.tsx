import type { ReactElement } from 'react';
import { presentLink } from '../../../shared/link/present-link.ts';
import { useApp } from '../../state/app-context.ts';
import heard from '../controls/heard-only.module.css';

/** Tells screen readers what becomes of the link: once per change, and without its countdown. */
export function LiveRegion(): ReactElement {
  const link = useApp(({ status }) => status.state);
  const { label } = presentLink(link, 0);
  const attempt = link.phase === 'recovering' ? ` Attempt ${link.attempt} of ${link.attempts}.` : '';
  return (
    <output className={heard.only} data-testid="announcement">
      {label.replace(/\.$/, '')}.{attempt}
    </output>
  );
}
