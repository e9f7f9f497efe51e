import { Settings2 } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { Button } from '../controls/button.tsx';
import { RecoveryDialog } from '../recovery/recovery-dialog.tsx';
import styles from './endpoint-panel.module.css';
import { FoundRunners } from './found-runners.tsx';
import { RunnerList } from './runner-list.tsx';

/** Where the stream may go. */
export function EndpointPanel(): ReactElement {
  const [advanced, setAdvanced] = useState(false);
  return (
    <div className={styles.panel}>
      <RunnerList />
      <FoundRunners />
      <section className={styles.advanced} aria-label="Advanced">
        <Button look="quiet" data-testid="advanced" onClick={() => setAdvanced(true)}>
          <Settings2 size={16} aria-hidden /> Advanced: detection and recovery
        </Button>
      </section>
      <RecoveryDialog open={advanced} onOpenChange={setAdvanced} />
    </div>
  );
}
