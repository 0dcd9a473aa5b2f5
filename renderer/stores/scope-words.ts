/** What a step or a signature is about, in words: a form of a visit, a visit, a subject. */
import type { FormScope, Obstacle } from '#shared/workflow.ts';
import { t } from '../i18n.ts';
import { usePreferences } from './preferences.ts';
import { useStudy } from './study.ts';

/** "Vital signs, SCR", "PRE · Pre-anakinra baseline", "subject 01-001". */
export function scopeWords(subject: string, { event, form }: FormScope): string {
  const study = useStudy();
  const { language } = usePreferences();
  if (event === null) return t('review.wholeSubject', { subject });
  if (form !== null) return `${study.model?.form(form)?.form.name[language] ?? form}, ${event}`;
  const name = study.model?.event(event)?.event.name[language];
  return name === undefined ? event : `${event} · ${name}`;
}

/** "in progress", "2 open queries". */
export function obstacleWords({ why, state, count }: Obstacle): string {
  return why === 'state' ? t(`formState.${state}`) : t(`obstacle.${why}`, { count });
}
