// The application's menu. What the page does by keys of its own is shown there; here is only what the system expects.
import { Menu } from 'electron';
import type { MenuItemConstructorOptions } from 'electron';

export function setMenu(): void {
  const onMac: readonly MenuItemConstructorOptions[] =
    process.platform === 'darwin' ? [{ role: 'appMenu' }] : [{ role: 'fileMenu' }];
  const view: MenuItemConstructorOptions = {
    role: 'viewMenu',
    submenu: [
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
    ],
  };
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([...onMac, { role: 'editMenu' }, view, { role: 'windowMenu' }]),
  );
}
