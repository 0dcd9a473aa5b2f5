/** Icons and words of the faces. */
import type { FieldFace } from '../stores/field-face.ts';
import {
  iconAnswered,
  iconConfirmed,
  iconEmpty,
  iconHard,
  iconLock,
  iconMissing,
  iconNotSaved,
  iconQuery,
  iconRequired,
  iconSaved,
  iconSoft,
  iconTyped,
} from '../icons.ts';

export const faceIcons: Readonly<Record<FieldFace, string>> = {
  empty: iconEmpty,
  required: iconRequired,
  typed: iconTyped,
  'not-saved': iconNotSaved,
  saved: iconSaved,
  soft: iconSoft,
  hard: iconHard,
  query: iconQuery,
  confirmed: iconConfirmed,
  answered: iconAnswered,
  missing: iconMissing,
  locked: iconLock,
};

export const faceWords = {
  empty: 'face.empty',
  required: 'face.required',
  typed: 'face.typed',
  'not-saved': 'face.not-saved',
  saved: 'face.saved',
  soft: 'face.soft',
  hard: 'face.hard',
  query: 'face.query',
  confirmed: 'face.confirmed',
  answered: 'face.answered',
  missing: 'face.missing',
  locked: 'face.locked',
} as const satisfies Record<FieldFace, string>;
