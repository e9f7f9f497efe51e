import { useEffect, useState, type ReactElement } from 'react';
import type { ParameterSpec } from '../../../shared/wire/parameters.ts';
import { promptRestMs } from '../../state/defaults.ts';
import field from '../controls/field.module.css';
import type { ControlIds } from './parameter-control.tsx';

/** What the wire takes at most, where the pipeline names no limit of its own. */
const textMaxLength = 8192;

interface PromptControlProps {
  spec: Extract<ParameterSpec, { kind: 'text' }>;
  value: string;
  onChange: (value: string) => void;
  ids: ControlIds;
}

/** A text that is sent once typing rests, or the field is left. */
export function PromptControl({ spec, value, onChange, ids }: PromptControlProps): ReactElement {
  const [draft, setDraft] = useState<string | null>(null);
  const send = (): void => {
    if (draft === null) return;
    setDraft(null);
    onChange(draft);
  };
  useEffect(() => {
    if (draft === null) return;
    const timer = setTimeout(send, promptRestMs);
    return () => clearTimeout(timer);
  });
  return (
    <textarea
      id={ids.input}
      className={field.input}
      aria-describedby={ids.hint}
      rows={3}
      maxLength={Math.min(spec.maxLength ?? textMaxLength, textMaxLength)}
      value={draft ?? value}
      onChange={({ target }) => setDraft(target.value)}
      onBlur={send}
    />
  );
}
