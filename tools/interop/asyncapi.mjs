// Validates an AsyncAPI document: node asyncapi.mjs FILE
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const require = createRequire(`${process.env.ELIOS_INTEROP_DIR}/`);
const { Parser } = require('@asyncapi/parser');

const text = await readFile(process.argv[2], 'utf8');
const { document, diagnostics } = await new Parser().parse(text);
const errors = diagnostics.filter((d) => d.severity === 0);
for (const d of errors) {
  console.error(`${d.path.join('.')}: ${d.message}`);
}
if (errors.length > 0 || !document) {
  process.exit(1);
}
console.log(`ok: ${document.allMessages().length} messages, ${diagnostics.length} remarks`);
