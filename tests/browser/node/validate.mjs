// Reads [[path, page]] as JSON and answers [[path, [what is wrong]]], by html-validate's rules of the HTML standard.
import { readFileSync } from "node:fs";
import { HtmlValidate } from "html-validate";

const validator = new HtmlValidate({
  root: true,
  extends: ["html-validate:standard"],
  rules: {
    // A matter of taste that the standard leaves open.
    "doctype-style": "off",
    "long-title": "off",
    "no-trailing-whitespace": "off"
  }
});
const pages = JSON.parse(readFileSync(0, "utf8"));
const told = [];
for (const [path, page] of pages) {
  const report = await validator.validateString(page);
  const wrong = report.results.flatMap(one => one.messages.map(said => `${said.line}:${said.column} ${said.ruleId}: ${said.message}`));
  told.push([path, wrong]);
}
process.stdout.write(JSON.stringify(told));
