import type { ReactElement } from 'react';
import { presentBridge } from '../../../shared/bridge/present-bridge.ts';
import { useApp } from '../../state/app-context.ts';
import heard from '../controls/heard-only.module.css';
import { announcedLink } from './announced-link.ts';

/** Tells screen readers what becomes of link and picture: once per change, and without its countdown. */
export function LiveRegion(): ReactElement {
  const shown = useApp((state) => state.shown);
  const link = useApp(({ status }) => status.state);
  const { label, detail } = presentBridge(announcedLink(link, shown), shown, 0);
  return (
    <output className={heard.only} data-testid="announcement">
      {label.replace(/\.$/, '')}. {detail}
    </output>
  );
}
