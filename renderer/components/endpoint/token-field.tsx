import { Eye, EyeOff } from 'lucide-react';
import { useId, useState, type ReactElement } from 'react';
import { Button } from '../controls/button.tsx';
import field from '../controls/field.module.css';
import { IconButton } from '../controls/icon-button.tsx';
import styles from './token-field.module.css';

interface TokenFieldProps {
  value: string;
  /** A token is stored and will be used; the window never sees it. */
  stored: boolean;
  onChange: (value: string) => void;
  /** The stored token is to go. */
  onDrop: () => void;
}

/** The runner's token: hidden unless asked for, and never filled in from the store. */
export function TokenField({ value, stored, onChange, onDrop }: TokenFieldProps): ReactElement {
  const [shown, setShown] = useState(false);
  const id = useId();
  const Icon = shown ? EyeOff : Eye;
  return (
    <div className={field.field}>
      <label htmlFor={id} className={field.label}>
        Token
      </label>
      <div className={styles.box}>
        <input
          id={id}
          className={field.input}
          type={shown ? 'text' : 'password'}
          autoComplete="off"
          spellCheck={false}
          maxLength={4096}
          placeholder={stored ? 'Stored' : 'None'}
          value={value}
          data-testid="endpoint-token"
          aria-describedby={`${id}hint`}
          onChange={({ target }) => onChange(target.value)}
        />
        <IconButton
          label={shown ? 'Hide the token' : 'Show the token'}
          className={styles.eye}
          disabled={value === ''}
          onClick={() => setShown(!shown)}
        >
          <Icon size={16} aria-hidden />
        </IconButton>
      </div>
      <p id={`${id}hint`} className={field.hint}>
        {stored
          ? 'A token is stored for this address. Type to replace it.'
          : 'Only if the runner asks for one.'}
      </p>
      {stored && (
        <Button look="quiet" className={styles.drop} data-testid="endpoint-token-remove" onClick={onDrop}>
          Remove the token
        </Button>
      )}
    </div>
  );
}
