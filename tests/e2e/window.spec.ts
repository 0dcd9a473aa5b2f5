import { existsSync } from 'node:fs';
import path from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, test } from './app.ts';
import { packagedExecutable } from './running-app.ts';

test('opens one window that says what it is', async ({ app }) => {
  await expect(app.page).toHaveTitle('Cahier');
  expect(app.page.url().split('#')[0]).toBe('app://cahier/index.html');
  expect(app.electron.windows()).toHaveLength(1);
  expect(app.consoleErrors).toEqual([]);
});

test('keeps its profile where it is told to', async ({ app }) => {
  const userData = await app.electron.evaluate(({ app: electronApp }) => electronApp.getPath('userData'));
  expect(path.resolve(userData)).toBe(path.resolve(app.profile));
  expect(existsSync(app.profile)).toBe(true);
});

test('gives the page nothing of Node', async ({ app }) => {
  const found = await app.page.evaluate(() =>
    ['require', 'process', 'module', 'Buffer', 'global', '__dirname', 'electron', 'ipcRenderer'].filter(
      (name) => name in globalThis,
    ),
  );
  expect(found).toEqual([]);
});

test('runs the page isolated and sandboxed, without DevTools', async ({ app }) => {
  const preferences = await app.electron.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    // Electron keeps this method out of its types, and there is no other way to read the options back.
    const contents = window?.webContents as unknown as {
      getLastWebPreferences: () => Record<string, unknown>;
    };
    return contents.getLastWebPreferences();
  });
  expect(preferences).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
  });
  const isOpen = await app.electron.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    contents?.openDevTools({ mode: 'detach' });
    await new Promise((resolve) => setTimeout(resolve, 500));
    return contents?.isDevToolsOpened();
  });
  expect(isOpen).toBe(false);
});

test('keeps the window at least 1100 × 700', async ({ app }) => {
  const size = await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getMinimumSize(),
  );
  expect(size).toEqual([1100, 700]);
});

test('sends a content security policy that allows nothing unsafe', async ({ app }) => {
  const policy = await app.page.evaluate(async () => {
    const response = await fetch('app://cahier/index.html');
    return response.headers.get('content-security-policy');
  });
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain('unsafe');
  expect(policy).not.toContain('*');
});

test('runs no inline script, no evaluated text and no inline style', async ({ app }) => {
  const outcome = await app.page.evaluate(async () => {
    const violated: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) => {
      violated.push(event.effectiveDirective);
    });
    const script = document.createElement('script');
    script.textContent = 'window.wasRun = true';
    document.body.append(script);
    const marked = document.createElement('div');
    marked.innerHTML = '<img src="nowhere" onerror="window.wasRun = true"><p style="color: red">text</p>';
    document.body.append(marked);
    // The test's own call is exempt from the policy; what runs after it is the page's.
    await new Promise((resolve) => setTimeout(resolve, 0));
    let evaluated: string;
    try {
      // The attack itself: a page that could do this could be made to run anything.
      evaluated = String(new Function('return 1'));
    } catch (error) {
      evaluated = error instanceof Error ? error.name : 'refused';
    }
    await new Promise((resolve) => requestAnimationFrame(resolve));
    await new Promise((resolve) => requestAnimationFrame(resolve));
    return { violated, evaluated, wasRun: 'wasRun' in window };
  });
  expect(outcome.wasRun).toBe(false);
  expect(outcome.evaluated).toBe('EvalError');
  expect(outcome.violated).toEqual(expect.arrayContaining(['script-src-elem', 'style-src-attr']));
});

test('reaches no other host', async ({ app }) => {
  const answers = await app.page.evaluate(async () => {
    const urls = [
      'https://example.org/',
      'http://127.0.0.1:9/',
      'file:///etc/hostname',
      'app://other/index.html',
    ];
    return Promise.all(
      urls.map(async (url) => {
        try {
          await fetch(url);
          return `${url} answered`;
        } catch {
          // Any refusal is the expected end.
          return 'refused';
        }
      }),
    );
  });
  expect(answers).toEqual(['refused', 'refused', 'refused', 'refused']);
});

test('refuses to leave its page', async ({ app }) => {
  for (const target of [
    'https://example.org/',
    'file:///etc/hostname',
    'app://cahier/assets/',
    'data:text/html,x',
  ]) {
    await app.page.evaluate((url) => {
      location.href = url;
    }, target);
    // The page still answers, and it is still the same one.
    const page = (): Promise<string> => app.page.evaluate(() => location.origin + location.pathname);
    await expect.poll(page).toBe('app://cahier/index.html');
  }
  expect(await app.page.evaluate(() => document.title)).toBe('Cahier');
});

test('opens no second window', async ({ app }) => {
  const opened = await app.page.evaluate(() => {
    const link = document.createElement('a');
    link.href = 'https://example.org/';
    link.target = '_blank';
    document.body.append(link);
    link.click();
    return [window.open('https://example.org/'), window.open('app://cahier/index.html'), window.open('')];
  });
  expect(opened).toEqual([null, null, null]);
  const windows = await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  expect(windows).toBe(1);
});

test('grants no permission', async ({ app }) => {
  const outcome = await app.page.evaluate(async () => ({
    notification: await Notification.requestPermission(),
    camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(
      () => 'granted',
      () => 'refused',
    ),
    location: await new Promise<string>((resolve) => {
      navigator.geolocation.getCurrentPosition(
        () => {
          resolve('granted');
        },
        () => {
          resolve('refused');
        },
      );
    }),
  }));
  expect(outcome).toEqual({ notification: 'denied', camera: 'refused', location: 'refused' });
});

test('serves no file outside its own folder', async ({ app }) => {
  const statuses = await app.page.evaluate(async () => {
    const paths = [
      '/../main/main.js',
      '/%2e%2e/main/main.js',
      '/..%2fmain/main.js',
      '/%2e%2e%2f%2e%2e%2fpackage.json',
    ];
    return Promise.all(paths.map(async (name) => (await fetch(`app://cahier${name}`)).status));
  });
  for (const status of statuses) expect([403, 404]).toContain(status);
});

test('has the fuses of a release, but for the one that tests attach through', async () => {
  const wire = await getCurrentFuseWire(packagedExecutable());
  expect(wire[FuseV1Options.RunAsNode]).toBe(FuseState.DISABLE);
  expect(wire[FuseV1Options.EnableNodeOptionsEnvironmentVariable]).toBe(FuseState.DISABLE);
  expect(wire[FuseV1Options.EnableEmbeddedAsarIntegrityValidation]).toBe(FuseState.ENABLE);
  expect(wire[FuseV1Options.OnlyLoadAppFromAsar]).toBe(FuseState.ENABLE);
  expect(wire[FuseV1Options.GrantFileProtocolExtraPrivileges]).toBe(FuseState.DISABLE);
  expect(wire[FuseV1Options.EnableNodeCliInspectArguments]).toBe(FuseState.ENABLE);
});

test('starts again after it was killed', async ({ startApp, folder }) => {
  const profile = path.join(folder, 'one-computer');
  const first = await startApp({ profile });
  await first.kill();
  const second = await startApp({ profile });
  await expect(second.page).toHaveTitle('Cahier');
});
