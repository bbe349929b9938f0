import { resolve } from 'node:path';
import { demoCode } from './demo-code.js';

try {
  const { code, seconds } = demoCode(resolve(process.env.DATA_DIR ?? '.cabinet'), process.argv[2] ?? '', new Date());
  console.log(`${code}   (for ${seconds} s; each code opens once)`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
