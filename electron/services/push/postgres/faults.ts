/**
 * What a server or the way to it says, as something that a person can act on. Its own messages are never passed on:
 * they quote values, and may quote the password. Codes: appendix A of PostgreSQL's manual.
 */
import { AppError, refuse } from '../../../app-error.ts';

export interface ServerPlace {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly schema: string;
}

interface Fault {
  readonly code: string;
  readonly message: string;
  readonly table: string;
  readonly constraint: string;
}

/** null when it is none of these: a bug. */
export function toServerRefusal(
  error: unknown,
  { host, port, database, schema }: ServerPlace,
  during: 'connecting' | 'loading',
): AppError | null {
  if (error instanceof AppError) return error;
  const fault = readFault(error);
  if (fault === null) return null;
  const { code, table, constraint } = fault;
  const server = host.startsWith('/') ? host : `${host}:${port}`;
  switch (code) {
    case '28P01':
    case '28000':
      return refuse('push-wrong-password', { server, database });
    case '3D000':
      return refuse('push-no-database', { server, database });
    case '42501':
      return refuse('push-no-right', { database, schema });
    case '25006':
      return refuse('push-read-only', { server });
    case '2BP01':
      return refuse('push-depended-on', { schema });
    case '55P03':
    case '40P01':
      return refuse('push-busy', { schema });
    case '22P05':
    case '22021':
      return refuse('push-encoding', { database });
    case '53300':
    case '57P03':
      return refuse('push-no-server', { server });
    case '53100':
      return refuse('push-server-full', { server });
  }
  if (code.startsWith('23')) return refuse('push-check-failed', { table, constraint, schema });
  if (isOfCertificate(fault)) return refuse('push-certificate', { server });
  if (fault.message.includes('does not support SSL')) return refuse('push-no-ssl', { server });
  if (/password must be a (?:non-empty )?string/u.test(fault.message))
    return refuse('push-wrong-password', { server, database });
  if (isOfConnection(fault))
    return during === 'connecting'
      ? refuse('push-no-server', { server })
      : refuse('push-connection-lost', { server });
  return null;
}

function readFault(error: unknown): Fault | null {
  // Where a name has several addresses, each of them failed.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  if (!(first instanceof Error)) return null;
  const of = (name: string): string => {
    const value: unknown = Reflect.get(first, name);
    return typeof value === 'string' ? value : '';
  };
  return { code: of('code'), message: first.message, table: of('table'), constraint: of('constraint') };
}

const connectionCodes =
  /^(?:ECONN(?:REFUSED|RESET|ABORTED)|ENOTFOUND|EAI_\w+|E(?:HOST|NET)UNREACH|ETIMEDOUT|EPIPE|ENOENT|EACCES|57P0[12]|08\w{3})$/u;

function isOfConnection({ code, message }: Fault): boolean {
  return (
    connectionCodes.test(code) ||
    /^Connection terminated|^timeout expired|not queryable|^Client was closed|Premature close/u.test(
      message,
    ) ||
    code === 'ERR_STREAM_PREMATURE_CLOSE'
  );
}

function isOfCertificate({ code }: Fault): boolean {
  return /^ERR_(?:TLS|SSL)|CERT|UNABLE_TO_/u.test(code);
}
