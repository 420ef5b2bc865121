/* Head script, before the first paint: marks that scripts run, and sets the club's accent colour, made readable. */
(function (html) {
  "use strict";
  // --wash in timely/colours.css: of the backgrounds of accent-coloured text, the one with the least contrast.
  var GROUNDS = { light: [230, 242, 236], dark: [21, 41, 31] };
  var accent = html.getAttribute("data-accent") || "";

  function luminance(rgb) {
    var parts = [], i, part;
    for (i = 0; i < 3; i += 1) {
      part = rgb[i] / 255;
      parts.push(part <= 0.03928 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  }

  function contrast(one, other) {
    var a = luminance(one), b = luminance(other);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  // Darkens for the light scheme, lightens for the dark one, no further than WCAG's 4.5 : 1 needs.
  function readable(rgb, ground, towards) {
    var step, mixed = rgb, i;
    for (step = 0; step <= 20 && contrast(mixed, ground) < 4.6; step += 1) {
      mixed = [];
      for (i = 0; i < 3; i += 1) { mixed.push(Math.round(rgb[i] + (towards - rgb[i]) * step / 20)); }
    }
    return "rgb(" + mixed.join(",") + ")";
  }

  html.className = (html.className + " has-script").replace(/^ /, "");
  if (/^#[0-9a-f]{6}$/i.test(accent) && html.style.setProperty) {
    var rgb = [parseInt(accent.slice(1, 3), 16), parseInt(accent.slice(3, 5), 16), parseInt(accent.slice(5), 16)];
    html.style.setProperty("--club-light", readable(rgb, GROUNDS.light, 0));
    html.style.setProperty("--club-dark", readable(rgb, GROUNDS.dark, 255));
  }
}(document.documentElement));
