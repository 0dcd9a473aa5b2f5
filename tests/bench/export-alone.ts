/** One export in a process that does nothing else: the most memory that it took, in MB. */
import { rmSync } from 'node:fs';
import { openCopyOf } from './site.ts';

const [, , siteFolder = '', file = ''] = process.argv;
const { services, actor } = await openCopyOf(siteFolder);
const status = await services.exports.of(actor().site).run({ file, actor: actor() });
if (status.state !== 'done') throw new Error(`the export ended as ${status.state}`);
services.session.close();
rmSync(file);
process.stdout.write(String(process.resourceUsage().maxRSS / 1024));
