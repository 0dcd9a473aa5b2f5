// The only bridge between the page and the application: one function a method, by its name and nothing else.
// A sandboxed preload can't load the contract; `satisfies` and a test keep this list equal to it.
import { contextBridge, ipcRenderer } from 'electron';
import type { Bridge, Envelope, MethodInput, MethodName, MethodOutput } from '#shared/bridge.ts';

function calls<M extends MethodName>(
  method: M,
): (input: MethodInput<M>) => Promise<Envelope<MethodOutput<M>>> {
  return (input) => ipcRenderer.invoke('cahier', method, input);
}

contextBridge.exposeInMainWorld('cahier', {
  'site.status': calls('site.status'),
  'site.chooseFolder': calls('site.chooseFolder'),
  'site.create': calls('site.create'),
  'site.createPractice': calls('site.createPractice'),
  'site.use': calls('site.use'),
  'session.signIn': calls('session.signIn'),
  'session.lock': calls('session.lock'),
  'session.unlock': calls('session.unlock'),
  'session.signOut': calls('session.signOut'),
  'session.recover': calls('session.recover'),
  'session.changePassword': calls('session.changePassword'),
  'people.list': calls('people.list'),
  'people.create': calls('people.create'),
  'people.rename': calls('people.rename'),
  'people.setRoles': calls('people.setRoles'),
  'people.disable': calls('people.disable'),
  'people.enable': calls('people.enable'),
  'people.setPassword': calls('people.setPassword'),
  'people.recoveryKey': calls('people.recoveryKey'),
  'people.rightsOn': calls('people.rightsOn'),
  'settings.get': calls('settings.get'),
  'settings.change': calls('settings.change'),
  'studies.current': calls('studies.current'),
  'amendments.preview': calls('amendments.preview'),
  'amendments.install': calls('amendments.install'),
  'subjects.list': calls('subjects.list'),
  'subjects.nextNumber': calls('subjects.nextNumber'),
  'subjects.enrol': calls('subjects.enrol'),
  'subjects.open': calls('subjects.open'),
  'forms.save': calls('forms.save'),
  'forms.removeRow': calls('forms.removeRow'),
  'forms.complete': calls('forms.complete'),
  'findings.confirm': calls('findings.confirm'),
  'findings.list': calls('findings.list'),
  'audit.history': calls('audit.history'),
  'audit.origins': calls('audit.origins'),
  'audit.verify': calls('audit.verify'),
  'audit.verifyStatus': calls('audit.verifyStatus'),
  'audit.cancelVerify': calls('audit.cancelVerify'),
  'exports.chooseFile': calls('exports.chooseFile'),
  'exports.start': calls('exports.start'),
  'exports.status': calls('exports.status'),
  'exports.cancel': calls('exports.cancel'),
  'reports.studyTable': calls('reports.studyTable'),
  'reports.chooseFile': calls('reports.chooseFile'),
  'reports.write': calls('reports.write'),
} satisfies Bridge);
