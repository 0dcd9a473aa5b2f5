// One process at a time, told by a folder: making a folder either succeeds or tells that it is there.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const LIMIT_MS = 10 * 60_000;

export async function withLock(folder, act) {
  await take(folder);
  try {
    return await act();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function take(folder) {
  const owner = path.join(folder, 'pid');
  for (let waitedMs = 0; waitedMs < LIMIT_MS; waitedMs += 250) {
    try {
      mkdirSync(folder);
      writeFileSync(owner, String(process.pid));
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (isAbandoned(owner, waitedMs)) rmSync(folder, { recursive: true, force: true });
    else if (waitedMs === 0) console.log('Waiting for another build in this checkout …');
    await wait(250);
  }
  throw new Error(
    `${folder} is still held after ${LIMIT_MS / 60_000} minutes; remove it if no build is running`,
  );
}

function isAbandoned(owner, waitedMs) {
  let pid;
  try {
    pid = Number(readFileSync(owner, 'utf8'));
  } catch {
    // Between making the folder and writing the number there is a moment without one.
    return waitedMs > 5_000;
  }
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}
