// Typechecks every layer with its own configuration, two at a time.
import { spawn } from 'node:child_process';
import path from 'node:path';

const LAYERS = [
  { name: 'renderer', compiler: 'vue-tsc' },
  { name: 'shared', compiler: 'tsc' },
  { name: 'electron', compiler: 'tsc' },
  { name: 'tests', compiler: 'vue-tsc' },
  { name: 'scripts', compiler: 'tsc' },
];
const CONCURRENCY = 2;

const binaries = path.resolve('node_modules', '.bin');
const waiting = [...LAYERS];
const failed = [];

async function work() {
  for (let layer = waiting.shift(); layer; layer = waiting.shift()) {
    const { code, output } = await compile(layer);
    process.stdout.write(output);
    if (code !== 0) failed.push(layer.name);
  }
}

function compile({ name, compiler }) {
  return new Promise((resolve, reject) => {
    const child = spawn(path.join(binaries, compiler), ['-p', `tsconfig.${name}.json`, '--pretty', 'false'], {
      shell: process.platform === 'win32',
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}

await Promise.all(Array.from({ length: CONCURRENCY }, work));
if (failed.length > 0) {
  console.error(`Type errors in: ${failed.join(', ')}`);
  process.exitCode = 1;
}
