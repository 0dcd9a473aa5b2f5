import { createPinia } from 'pinia';
import { Quasar } from 'quasar';
import iconSet from 'quasar/icon-set/svg-mdi-v7';
import 'quasar/dist/quasar.css';
import { createApp } from 'vue';
import App from './App.vue';
import { i18n } from './i18n.ts';
import { router } from './router.ts';
import './theme.css';

createApp(App).use(createPinia()).use(i18n).use(router).use(Quasar, { iconSet }).mount('#app');
