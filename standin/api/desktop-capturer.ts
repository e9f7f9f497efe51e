import { acceptOptions } from '../core/accept-options.ts';
import { strictModule } from '../core/not-implemented.ts';
import { liveWindows } from '../window/live-windows.ts';
import { nativeImage } from './native-image.ts';
import { screen } from './screen.ts';

/** Screens are those of `screen`, windows are the app's own; thumbnails of windows are real pictures. */
export const desktopCapturer = strictModule('desktopCapturer', {
  async getSources(options: Electron.SourcesOptions): Promise<Electron.DesktopCapturerSource[]> {
    acceptOptions('desktopCapturer.getSources', options, ['types', 'thumbnailSize', 'fetchWindowIcons']);
    const sources: object[] = [];
    if (options.types.includes('screen'))
      for (const [index, display] of screen.getAllDisplays().entries())
        sources.push({
          id: `screen:${index}:0`,
          name: index === 0 ? 'Entire screen' : `Screen ${index + 1}`,
          display_id: String(display.id),
          thumbnail: nativeImage.createEmpty(),
          appIcon: null,
        });
    if (options.types.includes('window'))
      for (const window of liveWindows.values())
        if (window.isVisible())
          sources.push({
            id: `window:${window.id}:0`,
            name: window.getTitle(),
            display_id: '',
            thumbnail: await window.capturePage(),
            appIcon: null,
          });
    return sources as Electron.DesktopCapturerSource[];
  },
});
