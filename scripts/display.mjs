// How a window is opened on this machine: under Xvfb where there is no display, without Chromium's
// sandbox where it can't have one (as root), and without its chatter about buses and graphics cards.
import { hasDisplay, isRoot } from './system-libraries.mjs';

const NOISE = /\b(dbus|bus\.cc|gpu|vaapi|viz|egl|gl_|angle|vulkan|ozone|x11|udev|gbm|dri3?|gtk)\b|^\s*$/i;
const CHROMIUM_LOG_LINE = /^\[\d+:\d+\/\d+/;

/** The command that runs `command` where a window can open. */
export function underDisplay(command, args) {
  if (hasDisplay()) return { command, args };
  console.log('No display: running under Xvfb.');
  return { command: 'xvfb-run', args: ['-a', '-s', '-screen 0 1600x1000x24', command, ...args] };
}

/** Chromium refuses to start as root with its sandbox; anyone else keeps it. */
export const sandboxArguments = () => (process.platform === 'linux' && isRoot() ? ['--no-sandbox'] : []);

/** Copies a stream line by line without what Chromium says about the machine's buses and graphics. */
export function passWithoutNoise(stream, out) {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (!isNoise(line)) out.write(`${line}\n`);
  });
  stream.on('end', () => {
    if (rest !== '' && !isNoise(rest)) out.write(`${rest}\n`);
  });
}

const isNoise = (line) => CHROMIUM_LOG_LINE.test(line) && NOISE.test(line.replaceAll('_', ' _ '));
