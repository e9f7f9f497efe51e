import { ownPath } from '../../capture/own-path.ts';
import { useServices } from '../../state/app-context.ts';

/** Asks for a video file by the system's dialog and makes it the source. */
export function usePickFile(): () => void {
  const { bridge, store } = useServices();
  return () => {
    bridge
      .pickFile()
      .then((file) => {
        if (!file) return;
        store.dispatch({
          type: 'source-chosen',
          choice: { kind: 'file', path: file.path, name: file.name },
          ticket: { kind: 'file', url: ownPath(file.url) },
        });
      })
      .catch((error: unknown) =>
        store.dispatch({ type: 'notice', text: `The file dialog could not be shown: ${String(error)}` }),
      );
  };
}
