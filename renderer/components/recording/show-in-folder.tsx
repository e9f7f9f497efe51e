import type { ReactElement } from 'react';
import { useDispatch } from '../../state/app-context.ts';
import { Button } from '../controls/button.tsx';

/** The way from a notice to the file that it is about. */
export function ShowInFolder({ id }: { id: string }): ReactElement {
  const dispatch = useDispatch();
  return (
    <Button
      look="quiet"
      data-testid="show-in-folder"
      onClick={() => dispatch({ type: 'saved-revealed', id })}
    >
      Show in folder
    </Button>
  );
}
