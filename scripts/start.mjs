// Opens the application, building it first when its files changed. Arguments are handed on to it.
import { spawn } from 'node:child_process';
import { passWithoutNoise, sandboxArguments, underDisplay } from './display.mjs';
import { ensurePackaged } from './package.mjs';

const { executable, electron } = await ensurePackaged();
console.log(`Starting Cahier (Electron ${electron}).`);
const { command, args } = underDisplay(executable, [...sandboxArguments(), ...process.argv.slice(2)]);

// Its own process group, because xvfb-run hands no signal on to what it runs.
const isGroup = process.platform !== 'win32';
const child = spawn(command, args, { stdio: ['inherit', 'inherit', 'pipe'], detached: isGroup });
passWithoutNoise(child.stderr, process.stderr);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    try {
      process.kill(isGroup ? -child.pid : child.pid, signal);
    } catch {
      // It has ended already.
    }
  });
}
child.on('error', (error) => {
  console.error(error.message);
  process.exitCode = 1;
});
child.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal === 'SIGTERM' || signal === 'SIGINT' ? 0 : 1);
});
