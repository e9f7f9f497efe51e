import type { Camera } from './list-cameras.ts';

/**
 * The camera that was chosen earlier, among those there are now: by its id, else by its label, since ids
 * change with the profile. A choice that names none takes the first.
 */
export function matchCamera(choice: Camera, cameras: readonly Camera[]): Camera | null {
  if (choice.deviceId === '' && choice.label === '') return cameras[0] ?? null;
  return (
    cameras.find((camera) => camera.deviceId === choice.deviceId) ??
    cameras.find((camera) => camera.label !== '' && camera.label === choice.label) ??
    null
  );
}
