import { Radar } from 'lucide-react';
import { useEffect, type ReactElement } from 'react';
import { mostRunners, type FoundRunner } from '../../../shared/ipc/runner-channels.ts';
import { useApp, useDispatch } from '../../state/app-context.ts';
import { Button } from '../controls/button.tsx';
import { asKept, leadToOne } from './list-edits.ts';
import styles from './found-runners.module.css';

/** As the runner that `npm start` offers is called. */
const ownName = 'Runner on this computer';

function describe({ version, slots }: FoundRunner): string {
  const room = slots.free === 0 ? 'all places taken' : `${slots.free} of ${slots.total} places free`;
  return version === '' ? room : `version ${version}, ${room}`;
}

/** Runners that answer on this computer and are not in the list. Looked for when shown and when asked, else never. */
export function FoundRunners(): ReactElement {
  const list = useApp((state) => state.runners.list);
  const { phase, runners } = useApp((state) => state.runners.found);
  const isSaving = useApp((state) => state.runners.check.phase === 'saving');
  const dispatch = useDispatch();
  useEffect(() => dispatch({ type: 'find-runners' }), [dispatch]);
  const news = runners.filter((found) => !list.some(({ url }) => leadToOne(url, found.url)));
  const add = ({ url }: FoundRunner): void => {
    const runners = [...asKept(list), { url, name: ownName, token: null }];
    dispatch({ type: 'save-runners', runners, as: 'added', url });
    dispatch({ type: 'test-runner', from: 'list', url, token: null });
  };
  return (
    <section className={styles.section} aria-label="On this computer">
      {news.map((found) => (
        <div key={found.id} className={styles.found} data-testid="found-runner">
          <Radar size={18} className={styles.icon} aria-hidden />
          <div className={styles.words}>
            <p className={styles.title}>Found on this computer</p>
            <p className={styles.detail}>
              {found.url}: {describe(found)}
            </p>
            {found.problem !== undefined && (
              <p className={styles.detail} data-testid="found-problem">
                {found.problem}
              </p>
            )}
          </div>
          <Button
            aria-label={`Add ${found.url}`}
            disabled={isSaving || list.length >= mostRunners || found.problem !== undefined}
            data-testid="found-add"
            onClick={() => add(found)}
          >
            Add
          </Button>
        </div>
      ))}
      <div className={styles.again}>
        <output className={styles.detail} data-testid="found-none">
          {phase === 'known' &&
            news.length === 0 &&
            `No ${list.length === 0 ? '' : 'other '}runner answers on this computer.`}
        </output>
        <Button
          look="quiet"
          disabled={phase === 'looking'}
          data-testid="find-again"
          onClick={() => dispatch({ type: 'find-runners' })}
        >
          Look again
        </Button>
      </div>
    </section>
  );
}
