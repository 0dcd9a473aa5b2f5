/** "in window", "2 days late (EC)", "40 min early (VS)". */
import type { VisitTiming } from '#shared/visit-timing.ts';
import { t } from '../i18n.ts';

const minutesOfHour = 60;
/** From two days on, hours say little. */
const mostHours = 48;

export function timingWords({ place, off, unit, form }: VisitTiming): string {
  if (place === 'in-window') return t('timing.in-window');
  return t(`timing.${place}`, { span: spanWords(off, unit), form: form ?? '' });
}

function spanWords(off: number, unit: VisitTiming['unit']): string {
  if (unit === 'days') return t('timing.days', { count: off });
  if (off < minutesOfHour) return t('timing.minutes', { count: off });
  const hours = Math.round(off / minutesOfHour);
  return hours < mostHours
    ? t('timing.hours', { count: hours })
    : t('timing.days', { count: Math.round(hours / 24) });
}
