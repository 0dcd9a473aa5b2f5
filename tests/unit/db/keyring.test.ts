import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  createKeyring,
  peopleOf,
  readKeyring,
  unlockByPassword,
  unlockByRecoveryKey,
  withPerson,
  withRecovery,
  writeKeyring,
} from '../../../electron/db/keyring.ts';
import { cost, temporaryFolder } from '../services/workbench.ts';
import { refusalOf } from './refusal-of.ts';

const site = { siteCode: '01', siteName: 'Ward 7', practice: false };
const key = randomBytes(32);
const password = 'correct horse battery';

describe('a key slot', () => {
  it('gives the database key for the person’s own password, and for no other', async () => {
    let keyring = await withPerson(createKeyring(site), 'anne', password, key, cost);
    keyring = await withPerson(keyring, 'bob', 'another long password', key, cost);
    expect(await unlockByPassword(keyring, 'Anne', password)).toMatchObject({ key, user: 'anne' });
    expect(await unlockByPassword(keyring, 'bob', password)).toBeNull();
    expect(await unlockByPassword(keyring, 'carol', password)).toBeNull();
    expect(await unlockByPassword(keyring, 'anne', `${password} `)).toBeNull();
  });

  it('takes a password in whichever way the keyboard composes its accents', async () => {
    const keyring = await withPerson(
      createKeyring(site),
      'anne',
      'été à Besançon'.normalize('NFC'),
      key,
      cost,
    );
    expect(await unlockByPassword(keyring, 'anne', 'été à Besançon'.normalize('NFD'))).not.toBeNull();
  });

  it('is replaced when the person gets a new password', async () => {
    const first = await withPerson(createKeyring(site), 'anne', password, key, cost);
    const second = await withPerson(first, 'ANNE', 'a quite new password', key, cost);
    expect(peopleOf(second)).toEqual(['ANNE']);
    expect(await unlockByPassword(second, 'anne', password)).toBeNull();
  });

  it('does not open for another name, another kind or another site', async () => {
    const keyring = await withPerson(createKeyring(site), 'anne', password, key, cost);
    const [slot] = keyring.slots;
    if (slot === undefined) throw new Error('no slot');
    expect(
      await unlockByPassword({ ...keyring, slots: [{ ...slot, user: 'mallory' }] }, 'mallory', password),
    ).toBeNull();
    expect(
      await unlockByPassword({ ...keyring, siteId: createKeyring(site).siteId }, 'anne', password),
    ).toBeNull();
  });

  it('opens by the printed recovery key', async () => {
    const { keyring, recoveryKey } = await withRecovery(createKeyring(site), key, cost);
    expect(await unlockByRecoveryKey(keyring, recoveryKey.toLowerCase())).toMatchObject({ key });
    const other = await withRecovery(createKeyring(site), key, cost);
    expect(await unlockByRecoveryKey(keyring, other.recoveryKey)).toBeNull();
  });
});

describe('keys.json', () => {
  it('holds no key and no password in any spelling', async () => {
    const folder = temporaryFolder();
    const { keyring, recoveryKey } = await withRecovery(
      await withPerson(createKeyring(site), 'anne', password, key, cost),
      key,
      cost,
    );
    writeKeyring(folder, keyring);
    const text = readFileSync(path.join(folder, 'keys.json'), 'utf8');
    for (const secret of [
      key.toString('hex'),
      key.toString('base64'),
      password,
      recoveryKey,
      recoveryKey.replaceAll('-', ''),
    ])
      expect(text).not.toContain(secret);
    expect(readKeyring(folder)).toEqual(keyring);
  });

  it('takes nothing that does not belong into it', () => {
    const folder = temporaryFolder();
    const smuggled = { ...createKeyring(site), people: [{ user: 'anne', password }] };
    expect(() => {
      writeKeyring(folder, smuggled);
    }).toThrow();
    expect(existsSync(path.join(folder, 'keys.json'))).toBe(false);
  });

  it('that is missing is told apart from one that is damaged', async () => {
    const folder = temporaryFolder();
    expect(refusalOf(() => readKeyring(folder))).toBe('keys-missing');
    writeKeyring(folder, await withPerson(createKeyring(site), 'anne', password, key, cost));
    const file = path.join(folder, 'keys.json');
    const text = readFileSync(file, 'utf8');
    for (const damaged of [
      '',
      '{}',
      text.slice(0, -20),
      'null',
      text.replace('"version": 1', '"version": 2'),
      text.replace('16384', '1073741824'),
      text.replace('"r": 8', '"r": 80000'),
    ]) {
      writeFileSync(file, damaged);
      expect(refusalOf(() => readKeyring(folder))).toBe('keys-damaged');
    }
    rmSync(file);
  });
});
