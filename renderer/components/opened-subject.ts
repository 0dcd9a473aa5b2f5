/** Opens the subject of a page, also when it becomes another one; leads back to the list when it can't be opened. */
import { ref, watch, type Ref } from 'vue';
import { useRouter } from 'vue-router';
import { useNotices } from '../stores/notices.ts';
import { useSubject } from '../stores/subject.ts';

/** Whether the subject stands: from the start when it was open already. */
export function useOpenedSubject(subject: () => string): Readonly<Ref<boolean>> {
  const router = useRouter();
  const opened = useSubject();
  const notices = useNotices();
  const isLoaded = ref(false);
  watch(
    subject,
    async (number) => {
      isLoaded.value = opened.subject === number;
      try {
        await opened.open(number);
        isLoaded.value = true;
      } catch (error) {
        notices.tellRefused(error);
        await router.replace({ name: 'subjects' });
      }
    },
    { immediate: true },
  );
  return isLoaded;
}
