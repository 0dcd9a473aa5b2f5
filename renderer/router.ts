/** Pages of a signed-in person. The address names no site and never reaches the window's title. */
import { watch } from 'vue';
import { START_LOCATION, createRouter, createWebHashHistory } from 'vue-router';
import { useSession } from './stores/session.ts';

export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    { path: '/', redirect: '/subjects' },
    { path: '/pool', name: 'pool', component: () => import('./pages/PoolPage.vue') },
    { path: '/conflicts', name: 'conflicts', component: () => import('./pages/ConflictsPage.vue') },
    { path: '/subjects', name: 'subjects', component: () => import('./pages/SubjectsPage.vue') },
    {
      path: '/subjects/:subject',
      name: 'subject',
      component: () => import('./pages/SubjectPage.vue'),
      props: true,
    },
    {
      path: '/subjects/:subject/classifications',
      name: 'classifications',
      component: () => import('./pages/ClassificationsPage.vue'),
      props: true,
    },
    {
      path: '/subjects/:subject/:event/:form',
      name: 'form',
      component: () => import('./pages/FormPage.vue'),
      props: true,
    },
    { path: '/worklist', name: 'worklist', component: () => import('./pages/WorklistPage.vue') },
    { path: '/queries', name: 'queries', component: () => import('./pages/QueriesPage.vue') },
    { path: '/second', name: 'second', component: () => import('./pages/SecondEntryPage.vue') },
    {
      path: '/second/:subject/:event/:form',
      name: 'second-form',
      component: () => import('./pages/SecondFormPage.vue'),
      props: true,
    },
    {
      path: '/second/:subject/:event/:form/compare',
      name: 'comparison',
      component: () => import('./pages/ComparisonPage.vue'),
      props: true,
    },
    { path: '/reports', name: 'reports', component: () => import('./pages/ReportsPage.vue') },
    { path: '/backups', name: 'backups', component: () => import('./pages/BackupsPage.vue') },
    { path: '/trail', name: 'trail', component: () => import('./pages/TrailPage.vue') },
    { path: '/import', name: 'import', component: () => import('./pages/ImportPage.vue') },
    { path: '/export', name: 'export', component: () => import('./pages/ExportPage.vue') },
    { path: '/submission', name: 'submission', component: () => import('./pages/SubmissionPage.vue') },
    { path: '/study', name: 'study', component: () => import('./pages/StudyPage.vue') },
    {
      path: '/administration/:section?',
      name: 'administration',
      component: () => import('./pages/AdministrationPage.vue'),
      props: true,
    },
    { path: '/:rest(.*)*', redirect: '/subjects' },
  ],
});

/** The first page and the engine behind it are fetched once somebody has signed in, not before the sign-in page is drawn. */
router.beforeEach(async (_to, from) => {
  const session = useSession();
  if (from !== START_LOCATION || session.session !== null) return;
  await new Promise<void>((resolve) => {
    const stop = watch(
      () => session.session,
      (somebody) => {
        if (somebody === null) return;
        stop();
        resolve();
      },
    );
  });
});
