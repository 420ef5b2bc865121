/* What the sheets may say to old engines. What stands inside @supports is not read by those that lack it. */
import "./targets.mjs";
import unsupported from "stylelint-no-unsupported-browser-features";
import stylelint from "stylelint";

const { ruleName, rule } = unsupported;
// An engine that lacks one of these shows the same page, a little plainer.
const HARMLESS = [
  "css-appearance", "css-color-adjust", "css-print-color-adjust", "css-resize", "font-feature", "font-variant-numeric",
  "multicolumn", "prefers-color-scheme", "text-size-adjust",
];
// A literal stands before each of them, which test_sheets.py sees to.
const AFTER_A_FALLBACK = ["css-variables"];
// The linter takes the one word for the new shorthand; see the rule about it below.
const ONE_WORD = ["mdn-text-decoration-shorthand"];
const IGNORED = [...HARMLESS, ...AFTER_A_FALLBACK, ...ONE_WORD];

function outsideSupports(...options) {
  const check = rule(...options);
  return (root, result) => {
    const read = root.clone();
    read.walkAtRules("supports", (block) => block.remove());
    return check(read, result);
  };
}

const unsupportedBut = (...ignored) => [true, { ignore: [...IGNORED, ...ignored], ignorePartialSupport: true }];

export default {
  plugins: [stylelint.createPlugin(ruleName, Object.assign(outsideSupports, rule))],
  rules: {
    [ruleName]: unsupportedBut(),
    "alpha-value-notation": "number",
    "block-no-empty": true,
    "color-function-notation": "legacy",
    "color-no-invalid-hex": true,
    "declaration-block-no-duplicate-properties": [true, { ignore: ["consecutive-duplicates-with-different-values"] }],
    "declaration-property-value-allowed-list": { "text-decoration": ["none", "underline", "line-through"] },
    "media-feature-range-notation": "prefix",
    "no-invalid-position-at-import-rule": true,
    "property-no-unknown": true,
    "selector-pseudo-class-no-unknown": true,
    "selector-pseudo-element-colon-notation": "single",
    "unit-no-unknown": true,
  },
  overrides: [
    {
      // The projector is no ten-year-old tablet: prefixed flex, and sizes that follow the screen.
      files: ["../../../timely/static/css/display/*.css"],
      rules: { [ruleName]: unsupportedBut("flexbox", "css-math-functions", "css3-cursors") },
    },
    {
      // Whose engine cannot turn the sheet turns it in the window that prints.
      files: ["../../../timely/static/css/bracket_paper.css"],
      rules: { [ruleName]: unsupportedBut("css-paged-media") },
    },
  ],
};
