import { Switch } from '@base-ui/react/switch';
import type { ReactElement } from 'react';
import type { ParameterSpec, ParameterValue } from '../../../shared/wire/parameters.ts';
import { Choice } from '../controls/choice.tsx';
import { hexToRgb, rgbToHex } from './colour.ts';
import styles from './parameter-control.module.css';
import { PromptControl } from './prompt-control.tsx';
import { RangeControl } from './range-control.tsx';
import { SeedControl } from './seed-control.tsx';

/** Element ids that tie a control to its words. */
export interface ControlIds {
  input: string;
  label: string;
  hint: string | undefined;
}

interface ParameterControlProps {
  spec: ParameterSpec;
  value: ParameterValue;
  onChange: (value: ParameterValue) => void;
  ids: ControlIds;
}

const asNumber = (value: ParameterValue, otherwise: number): number =>
  typeof value === 'number' ? value : typeof value === 'boolean' ? Number(value) : otherwise;

/** The control that fits a parameter's kind. A kept value of another type gives way to the default. */
export function ParameterControl({ spec, value, onChange, ids }: ParameterControlProps): ReactElement {
  switch (spec.kind) {
    case 'range':
      return <RangeControl spec={spec} value={asNumber(value, spec.default)} onChange={onChange} ids={ids} />;
    case 'seed':
      return (
        <SeedControl label={spec.label} value={asNumber(value, spec.default)} onChange={onChange} ids={ids} />
      );
    case 'text':
      return (
        <PromptControl
          spec={spec}
          value={typeof value === 'string' ? value : spec.default}
          onChange={onChange}
          ids={ids}
        />
      );
    case 'enum':
      return (
        <Choice
          label={spec.label}
          labelledBy={ids.label}
          options={spec.options.map((label, index) => ({ value: String(index), label }))}
          value={String(asNumber(value, spec.default))}
          onChoose={(index) => onChange(Number(index))}
        />
      );
    case 'toggle':
      return (
        <Switch.Root
          className={styles.switch}
          aria-labelledby={ids.label}
          aria-describedby={ids.hint}
          checked={asNumber(value, spec.default) !== 0}
          onCheckedChange={(on) => onChange(on ? 1 : 0)}
        >
          <Switch.Thumb className={styles.thumb} />
        </Switch.Root>
      );
    case 'color':
      return (
        <input
          id={ids.input}
          type="color"
          className={styles.colour}
          aria-describedby={ids.hint}
          value={rgbToHex(Array.isArray(value) ? value : spec.default)}
          onInput={({ currentTarget }) => onChange(hexToRgb(currentTarget.value))}
        />
      );
    default:
      return spec satisfies never;
  }
}
