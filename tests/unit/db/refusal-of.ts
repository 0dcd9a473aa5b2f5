import { AppError } from '../../../electron/app-error.ts';

/** The key of the refusal that an act ends in; "accepted" when it ends well. */
export function refusalOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof AppError) return error.refusal.key;
    throw error;
  }
  return 'accepted';
}
