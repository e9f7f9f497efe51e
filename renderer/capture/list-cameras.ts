/** A camera as the picker shows it. Labels are empty until the user has let us use a camera once. */
export interface Camera {
  deviceId: string;
  label: string;
}

/** The cameras there are now; the system's order. */
export async function listCameras(): Promise<Camera[]> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices
    .filter((device) => device.kind === 'videoinput' && device.deviceId !== '')
    .map(({ deviceId, label }) => ({ deviceId, label }));
}
