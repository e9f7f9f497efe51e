import { FileVideo } from 'lucide-react';
import { useEffect, useState, type ReactElement } from 'react';
import { useServices } from '../../state/app-context.ts';
import { useStageModel } from '../models/use-stage-model.ts';
import styles from './drop-zone.module.css';

/** The whole window takes a dropped video or model; while a file hovers over it, it says so. */
export function DropZone(): ReactElement | null {
  const { bridge, store } = useServices();
  const { drop: dropModel } = useStageModel();
  const [hovering, setHovering] = useState(false);
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      setHovering(true);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setHovering(false);
    };
    const drop = (event: DragEvent): void => {
      event.preventDefault();
      setHovering(false);
      const file = event.dataTransfer?.files[0];
      if (!file) return;
      if (/\.onnx$/i.test(file.name)) {
        dropModel(file);
        return;
      }
      if (!file.type.startsWith('video/')) {
        const text = `“${file.name}” is neither a video nor an .onnx model, so nothing is done with it.`;
        store.dispatch({ type: 'notice', text });
        return;
      }
      store.dispatch({
        type: 'source-chosen',
        choice: { kind: 'file', path: bridge.pathForFile(file), name: file.name },
        ticket: { kind: 'file', url: URL.createObjectURL(file) },
      });
    };
    addEventListener('dragover', over);
    addEventListener('dragleave', leave);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', over);
      removeEventListener('dragleave', leave);
      removeEventListener('drop', drop);
    };
  }, [bridge, store, dropModel]);
  if (!hovering) return null;
  return (
    <div className={styles.zone} data-testid="drop-zone">
      <FileVideo size={36} strokeWidth={1.5} aria-hidden />
      Drop a video to use it as the source, or an .onnx file to add a model
    </div>
  );
}
