import { Slider } from '@base-ui/react/slider';
import type { ReactElement } from 'react';
import type { ParameterSpec } from '../../../shared/wire/parameters.ts';
import { NumberInput } from './number-input.tsx';
import type { ControlIds } from './parameter-control.tsx';
import styles from './range-control.module.css';

interface RangeControlProps {
  spec: Extract<ParameterSpec, { kind: 'range' }>;
  value: number;
  onChange: (value: number) => void;
  ids: ControlIds;
}

/** A slider, and beside it the number to read or type. */
export function RangeControl({ spec, value, onChange, ids }: RangeControlProps): ReactElement {
  return (
    <div className={styles.range}>
      <Slider.Root
        className={styles.slider}
        min={spec.min}
        max={spec.max}
        step={spec.step}
        value={value}
        onValueChange={(next) => onChange(next)}
      >
        <Slider.Control className={styles.control}>
          <Slider.Track className={styles.track}>
            <Slider.Indicator className={styles.indicator} />
            <Slider.Thumb
              className={styles.thumb}
              aria-labelledby={ids.label}
              aria-describedby={ids.hint}
              getAriaValueText={(_formatted, number) => `${number} ${spec.unit ?? ''}`.trim()}
            />
          </Slider.Track>
        </Slider.Control>
      </Slider.Root>
      <NumberInput
        id={ids.input}
        label={spec.label}
        bounds={spec}
        value={value}
        onChange={onChange}
        unit={spec.unit}
      />
    </div>
  );
}
