/** What the thread of backups is told, and what it tells. */
import type { BackupOutcome, Rehearsal } from '#shared/contract/backups.ts';
import type { SalvageReport } from '#shared/contract/survival.ts';
import type { BackupOrder } from './make-backup.ts';
import type { RehearsalOrder } from './rehearse.ts';
import type { SalvageOrder } from './salvage.ts';
import type { ThreadFault } from '../thread-faults.ts';

/** A Buffer arrives as plain bytes in another thread. */
type Sent<Order> = Omit<Order, 'key'> & { readonly key: Uint8Array };

export type BackupTask = { readonly migrationsFolder: string } & (
  | { readonly kind: 'make'; readonly order: Sent<BackupOrder> }
  | { readonly kind: 'rehearse'; readonly order: Sent<RehearsalOrder> }
  | { readonly kind: 'salvage'; readonly order: Sent<SalvageOrder> }
);
export type BackupNews =
  | { readonly kind: 'progress'; readonly stage: 'copying' | 'verifying'; readonly bytes: number }
  | { readonly kind: 'made'; readonly outcome: BackupOutcome }
  | { readonly kind: 'rehearsed'; readonly rehearsal: Rehearsal }
  | { readonly kind: 'salvaged'; readonly report: SalvageReport }
  | ThreadFault;
