import type { ReactElement } from 'react';
import { presentFault } from '../../../shared/link/present-fault.ts';
import { useApp } from '../../state/app-context.ts';
import type { SavedAs } from '../../state/runners-state.ts';
import { Callout } from '../messages/callout.tsx';
import { formatMs } from '../stage/format-figure.ts';

const savedTitles: Record<SavedAs, string> = {
  used: 'This runner is first now',
  added: 'Added at the end of the list',
  changed: 'Saved',
  arranged: 'Saved',
};

/** What became of the last test or save, where the user is looking. */
export function EndpointOutcome(): ReactElement | null {
  const check = useApp((state) => state.runners.check);
  switch (check.phase) {
    case 'none':
    case 'testing':
    case 'saving':
      return null;
    case 'passed': {
      const titles = check.report.pipelines.map(({ title }) => title).join(', ');
      return (
        <Callout tone="good" title={`Connected in ${formatMs(check.report.rttMs)}`} testId="endpoint-passed">
          <p>{titles === '' ? 'It offers no pipelines.' : `Pipelines: ${titles}.`}</p>
        </Callout>
      );
    }
    case 'saved':
      return <Callout tone="good" title={savedTitles[check.as]} testId="endpoint-saved" />;
    case 'refused': {
      const { title, advice } = presentFault(check.fault);
      return (
        <Callout tone="error" title={title} testId="endpoint-refused">
          <p data-fault={check.fault.kind}>{advice}</p>
        </Callout>
      );
    }
    default:
      return check satisfies never;
  }
}
