import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { bridge } from './bridge.ts';
import { builtInModels } from './engine/built-in-models.ts';
import { listCameras } from './capture/list-cameras.ts';
import { toggleFullScreen } from './components/stage/full-screen.ts';
import { reduceApp } from './state/reduce-app.ts';
import { createInterpreter } from './state/run-effects.ts';
import { createStore } from './state/store.ts';
import './styles/tokens.css';
import './styles/base.css';

const report = (text: string): void => {
  bridge
    .writeLog({ level: 'error', text: text.slice(0, 4000) })
    .catch((failure: unknown) => console.error(text, failure));
};
addEventListener('error', ({ message, filename, lineno }) => report(`${message} (${filename}:${lineno})`));
addEventListener('unhandledrejection', ({ reason }) => report(`Unhandled rejection: ${String(reason)}`));

const store = createStore(reduceApp, (effect) => interpreter.run(effect));
const { dispatch } = store;
const interpreter = createInterpreter(bridge, dispatch, toggleFullScreen);

dispatch({ type: 'built-in-known', models: builtInModels });
bridge.onLinkStatus((status) => dispatch({ type: 'link-status', status }));
bridge.onTimeline((entry) => dispatch({ type: 'timeline-told', entry }));
bridge.onRunnerLog((lines) => dispatch({ type: 'runner-logged', lines }));
bridge.onPipelines((pipelines) => dispatch({ type: 'pipelines-known', pipelines }));
bridge.onModels((models) => dispatch({ type: 'models-known', models }));
bridge.onRunners((runners) => dispatch({ type: 'runners-changed', runners }));
bridge.onRecording((news) => dispatch({ type: 'recording-told', news }));
bridge.onCommand((command) => dispatch({ type: 'command', command }));
bridge.onNotice((text) => dispatch({ type: 'notice', text }));
for (const online of [true, false]) {
  // Chromium alone is told when the last network goes and the first comes back; the link in main is not.
  addEventListener(online ? 'online' : 'offline', () => {
    bridge
      .networkChanged({ online })
      .catch((error: unknown) => report(`Could not tell that the network changed: ${String(error)}`));
  });
}
// A folder may have been put among the models while another program had the focus.
addEventListener('focus', () => dispatch({ type: 'models-wanted' }));
navigator.mediaDevices.addEventListener('devicechange', () => {
  listCameras()
    .then((cameras) => dispatch({ type: 'cameras-listed', cameras }))
    .catch((error: unknown) => report(`Could not list the cameras: ${String(error)}`));
});
bridge
  .appInfo()
  .then((info) => dispatch({ type: 'booted', info }))
  .catch((error: unknown) => dispatch({ type: 'boot-failed', detail: String(error) }));

createRoot(document.querySelector('#app')!).render(
  <StrictMode>
    <App store={store} media={interpreter.media} bridge={bridge} />
  </StrictMode>,
);
