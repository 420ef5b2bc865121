/* What script may say: the language and the objects that the oldest of our browsers have. */
import "./targets.mjs";
import js from "@eslint/js";
import compat from "eslint-plugin-compat";
import esx from "eslint-plugin-es-x";

const HERE = "timely/static/js/";
// Any engine that stumbled over one of these would have no live page at all.
const ES3 = ["server", "transport_ladder", "transports_socketio", "transports_plain"].map(
  (name) => `${HERE}transport/${name}.js`,
);
// There in every engine. Whatever else there is, is asked for as a property of `window`, which may lack it.
const EVERYWHERE = [
  "window", "document", "location", "navigator", "XMLHttpRequest",
  "setTimeout", "clearTimeout", "setInterval", "clearInterval", "JSON",
];
// The linter goes by names alone: these are words of our own, and without generators nothing is an iterator.
const NAMESAKES = ["no-array-prototype-fill", "no-array-prototype-keys"].concat(
  Object.keys(esx.rules).filter((name) => name.startsWith("no-iterator-prototype-")),
);
// Missing in some engine, and always asked for; and what the linter's tables have wrong.
const ASKED_FOR = ["EventSource", "WebSocket", "Intl", "Intl.DateTimeFormat", "document.hidden", "document.body"];

const no = (message, ...names) => names.map((property) => ({ property, message }));
const call = (names, message) => ({ selector: `CallExpression[callee.property.name=/^(${names})$/]`, message });

export default [
  {
    files: ["timely/static/**/*.js"],
    languageOptions: { ecmaVersion: 5, sourceType: "script" },
    linterOptions: { noInlineConfig: true },
  },
  {
    files: [`${HERE}**/*.js`],
    languageOptions: {
      globals: Object.fromEntries(EVERYWHERE.map((name) => [name, "readonly"])),
    },
    plugins: { compat, "es-x": esx },
    settings: { "es-x": { aggressive: true }, polyfills: ASKED_FOR },
    rules: {
      ...js.configs.recommended.rules,
      ...esx.configs["flat/restrict-to-es5"].rules,
      ...Object.fromEntries(NAMESAKES.map((name) => [`es-x/${name}`, "off"])),
      // A slash among others in brackets ends the expression in ES3; and a catch has to name what it caught.
      "no-useless-escape": "off",
      "no-unused-vars": ["error", { caughtErrors: "none" }],
      "compat/compat": "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-restricted-properties": [
        "error",
        ...no("Internet Explorer 9 and Android 2 lack it.", "classList", "dataset"),
        ...no("The server writes times and numbers.", "toLocaleString", "toLocaleDateString", "toLocaleTimeString"),
        ...no("Text is never read as HTML.", "outerHTML", "insertAdjacentHTML", "write", "writeln"),
      ],
      "no-restricted-syntax": [
        "error",
        call("closest|matches|append|prepend|before|after|remove|replaceWith", "Engines of 2012 have no such method."),
        {
          selector: "MemberExpression[property.name='innerHTML']:not([object.property.name='body'])",
          message: "Text is never read as HTML, and Internet Explorer 9 cannot write a table so.",
        },
        {
          selector: "CallExpression[callee.property.name='forEach'][callee.object.callee.property.name=/^querySelectorAll$|^getElements/]",
          message: "A list of nodes has no forEach in old engines.",
        },
        { selector: "Literal[value='template']", message: "Old engines show what is in a template." },
      ],
    },
  },
  {
    files: ES3,
    languageOptions: { ecmaVersion: 3 },
  },
];
