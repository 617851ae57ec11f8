// Drives an ONVIF camera by two libraries that are not ours: node drive.cjs LIBRARY PORT USER, PASSWORD in the environment.
// Prints one line per step, and ends with 1 at the first that fails.
'use strict';
const {promisify} = require('node:util');

const [library, port, username] = process.argv.slice(2);
const password = process.env.PASSWORD;
const step = (name, value) => console.log(`${name} ${JSON.stringify(value)}`);

async function withOnvif(useWSSecurity) {
  const {Cam} = require('onvif');
  const cam = new Cam({hostname: '127.0.0.1', port, username, password, useWSSecurity, autoconnect: false, timeout: 20000});
  const call = (name, options) => promisify(cam[name].bind(cam))(options);
  await promisify(cam.connect.bind(cam))();
  step('connected', cam.activeSource.ptz.name);
  step('nodes', Object.keys(await promisify(cam.getNodes.bind(cam))()));
  step('uri', (await call('getStreamUri', {protocol: 'RTSP'})).uri);
  await call('absoluteMove', {x: 0.5, y: -1, zoom: 0.5});
  const status = await call('getStatus', {});
  step('position', [status.position.x, status.position.y, status.position.zoom, status.moveStatus.panTilt]);
  await call('relativeMove', {x: -0.25, y: 0.5, zoom: 0});
  await call('continuousMove', {x: 0.5, y: -0.5, zoom: 0.1, timeout: 2000});
  await call('stop', {panTilt: true, zoom: true});
  const token = (await call('setPreset', {presetName: 'by onvif'}))[0].setPresetResponse[0].presetToken[0];
  step('presets', await call('getPresets', {}));
  await call('gotoPreset', {preset: token});
  await call('removePreset', {presetToken: token});
  step('left', await call('getPresets', {}));
}

async function withNodeOnvif() {
  const {OnvifDevice} = require('node-onvif');
  const camera = new OnvifDevice({xaddr: `http://127.0.0.1:${port}/onvif/device_service`, user: username, pass: password});
  step('connected', (await camera.init()).Model);
  const ProfileToken = camera.getCurrentProfile().token;
  const ptz = camera.services.ptz;
  step('uri', camera.getCurrentProfile().stream.rtsp);
  await ptz.absoluteMove({ProfileToken, Position: {x: 0.5, y: -1, z: 0.5}, Speed: {x: 1, y: 1, z: 1}});
  const {PTZStatus} = (await ptz.getStatus({ProfileToken})).data.GetStatusResponse;
  const at = PTZStatus.Position;
  step('position', [+at.PanTilt.$.x, +at.PanTilt.$.y, +at.Zoom.$.x, PTZStatus.MoveStatus.PanTilt]);
  await ptz.relativeMove({ProfileToken, Translation: {x: -0.25, y: 0.5, z: 0}, Speed: {x: 1, y: 1, z: 1}});
  await camera.ptzMove({speed: {x: 0.5, y: -0.5, z: 0.1}, timeout: 2});
  await camera.ptzStop();
  const token = (await ptz.setPreset({ProfileToken, PresetName: 'by node-onvif'})).data.SetPresetResponse.PresetToken;
  step('presets', (await ptz.getPresets({ProfileToken})).data.GetPresetsResponse.Preset);
  await ptz.gotoPreset({ProfileToken, PresetToken: token, Speed: {x: 1, y: 1, z: 1}});
  await ptz.removePreset({ProfileToken, PresetToken: token});
  step('left', (await ptz.getPresets({ProfileToken})).data.GetPresetsResponse);
}

const drivers = {
  'onvif by token': () => withOnvif(true),
  'onvif by digest': () => withOnvif(false),
  'node-onvif': withNodeOnvif,
};
drivers[library]().then(() => process.exit(0), error => {
  console.log(`failed ${error && error.message || error}`);
  process.exit(1);
});
