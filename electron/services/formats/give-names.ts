/** Gives what is whole the name under which it is wanted: all of an export, or nothing of it. */
import { existsSync, mkdirSync, renameSync, rmdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { syncFolder } from '../../db/durable-file.ts';

export interface Naming {
  readonly from: string;
  /** A file of that name is replaced; a folder only when it is empty: what somebody keeps in one is not ours to remove. */
  readonly to: string;
}

/** Where one can't be named, those before it are removed again, and the error of the file system is thrown. */
export function giveNames(namings: readonly Naming[]): void {
  const named: string[] = [];
  try {
    for (const naming of namings) {
      const { from, to } = naming;
      makeRoom(naming);
      renameSync(from, to);
      named.push(to);
      syncFolder(path.dirname(to));
    }
  } catch (error) {
    for (const one of named) rmSync(one, { recursive: true, force: true });
    throw error;
  }
}

/**
 * The folder that is to hold it, one level deep: one that was mistyped is a mistake. And an empty folder of the same name
 * away, onto which Windows would rename nothing.
 */
function makeRoom({ from, to }: Naming): void {
  if (!existsSync(path.dirname(to))) mkdirSync(path.dirname(to));
  if (statSync(from).isDirectory() && existsSync(to)) rmdirSync(to);
}
