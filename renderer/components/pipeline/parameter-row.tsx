import { RotateCcw } from 'lucide-react';
import { useId, type ReactElement } from 'react';
import type { ParameterSpec, ParameterValue } from '../../../shared/wire/parameters.ts';
import { useApp, useDispatch } from '../../state/app-context.ts';
import { currentPipelineId } from '../../state/current-pipeline.ts';
import { sameValue } from '../../state/same-value.ts';
import { IconButton } from '../controls/icon-button.tsx';
import { ParameterControl } from './parameter-control.tsx';
import styles from './parameter-row.module.css';

/** One parameter: its name, its control, and the way back to its default. */
export function ParameterRow({ spec }: { spec: ParameterSpec }): ReactElement {
  const kept = useApp((state) => state.parameters[currentPipelineId(state)]?.[spec.name]);
  const value: ParameterValue = kept ?? spec.default;
  const dispatch = useDispatch();
  const id = useId();
  const hintId = `${id}hint`;
  return (
    <div className={styles.row} data-kind={spec.kind} data-testid={`parameter-${spec.name}`}>
      <div className={styles.head}>
        <label id={`${id}label`} htmlFor={id} className={styles.label}>
          {spec.label}
        </label>
        <IconButton
          label={`Reset ${spec.label}`}
          className={styles.reset}
          disabled={sameValue(value, spec.default)}
          data-testid={`reset-${spec.name}`}
          onClick={() => dispatch({ type: 'parameters-reset', name: spec.name })}
        >
          <RotateCcw size={13} aria-hidden />
        </IconButton>
      </div>
      <div className={styles.control}>
        <ParameterControl
          spec={spec}
          value={value}
          onChange={(next) => dispatch({ type: 'parameters-changed', values: { [spec.name]: next } })}
          ids={{ input: id, label: `${id}label`, hint: spec.description === undefined ? undefined : hintId }}
        />
      </div>
      {spec.description !== undefined && (
        <p id={hintId} className={styles.hint}>
          {spec.description}
        </p>
      )}
    </div>
  );
}
