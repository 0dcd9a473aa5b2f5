// Answers the window's requests for its own files under app://cahier/. Nothing else is reachable from
// the page: no other host, no file outside the renderer's folder, no method but GET.
import { readFile } from 'node:fs/promises';
import path from 'node:path';

export const RENDERER_SCHEME = 'app';
export const RENDERER_ORIGIN = `${RENDERER_SCHEME}://cahier`;

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/** Never throws: what can't be served is 404, 403 or 405. */
export async function answerRendererRequest(
  folder: string,
  request: { readonly method: string; readonly url: string },
): Promise<Response> {
  if (request.method !== 'GET') return refusal(405);
  const file = requestedFile(folder, request.url);
  if (file === undefined) return refusal(403);
  const contentType = CONTENT_TYPES[path.extname(file)];
  if (contentType === undefined) return refusal(404);
  try {
    const content = await readFile(file);
    return new Response(new Uint8Array(content), { status: 200, headers: headers(contentType) });
  } catch {
    // Whatever the reason, the page learns only that the file is not there.
    return refusal(404);
  }
}

/** The file that a URL names, or undefined when it points out of the renderer's folder. */
function requestedFile(folder: string, url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, host, pathname } = new URL(url);
  if (`${protocol}//${host}` !== RENDERER_ORIGIN) return undefined;
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    // A broken escape names no file.
    return undefined;
  }
  if (decoded.includes('\0') || decoded.includes('\\')) return undefined;
  const file = path.resolve(folder, `.${decoded}`);
  return file.startsWith(path.resolve(folder) + path.sep) ? file : undefined;
}

function headers(contentType: string): Record<string, string> {
  return {
    'Content-Type': contentType,
    'Content-Security-Policy': CONTENT_SECURITY_POLICY,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
  };
}

function refusal(status: number): Response {
  return new Response(null, { status, headers: { 'Content-Security-Policy': CONTENT_SECURITY_POLICY } });
}
