// Says what is wrong with AsyncAPI documents, a line each: node validate.mjs <document>…
import { readFile } from "node:fs/promises";
import { Parser } from "@asyncapi/parser";

let wrong = 0;
for (const file of process.argv.slice(2)) {
  const { document, diagnostics } = await new Parser().parse(await readFile(file, "utf8"));
  const errors = diagnostics.filter((found) => found.severity === 0);
  for (const { path, message } of errors) console.log(`${file} ${path.join(".")}: ${message}`);
  if (!document && errors.length === 0) console.log(`${file}: cannot be read.`);
  wrong += errors.length + (document ? 0 : 1);
}
process.exitCode = wrong ? 1 : 0;
