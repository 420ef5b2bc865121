/* Reads [[path, text], …] and says for each text what the linter of its kind finds: ["12 rule: sentence", …]. */
import { resolve } from "node:path";
import { text as textOf } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { ESLint } from "eslint";
import stylelint from "stylelint";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const eslint = new ESLint({ overrideConfigFile: here("eslint.config.mjs") });

async function script(path, text) {
  const [read] = await eslint.lintText(text, { filePath: path });
  return read.messages.map((found) => `${found.line} ${found.ruleId ?? "grammar"}: ${found.message}`);
}

async function style(path, text) {
  const { results: [read] } = await stylelint.lint({
    code: text, codeFilename: resolve(path), configFile: here("stylelint.config.mjs"), quietDeprecationWarnings: true,
  });
  return read.warnings.map((found) => `${found.line} ${found.rule}: ${found.text}`);
}

const said = [];
for (const [path, text] of JSON.parse(await textOf(process.stdin))) {
  said.push(await (path.endsWith(".css") ? style : script)(path, text));
}
console.log(JSON.stringify(said));
