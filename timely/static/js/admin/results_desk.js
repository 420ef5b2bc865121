/* The results desk: keeps the games in step with other people's saves, but never touches a row that is being typed. */
(function (Timely) {
  "use strict";
  if (!Timely || !Timely.heal || !document.addEventListener) { return; }

  function formOf(node) {
    while (node && node.nodeName !== "FORM") { node = node.parentNode; }
    return node;
  }

  /* A level score in a game that must have a winner opens the fields for the penalties. */
  function unfold(form) {
    var pens = form.querySelector("[data-pens]"), home = form.querySelector("[name=home_score]");
    var away = form.querySelector("[name=away_score]"), isLevel;
    if (!pens || !home || !away) { return; }
    isLevel = home.value !== "" && home.value.replace(/^0+(?=.)/, "") === away.value.replace(/^0+(?=.)/, "");
    if (isLevel) { Timely.patch.setClass(pens, "is-folded", false); }
  }

  // A typed row keeps the version that it was drawn with: if somebody else saves the game, the server will say so.
  document.addEventListener("input", function (typed) {
    var form = formOf(typed.target);
    if (form && form.id.indexOf("game-") === 0) {
      form.setAttribute("data-own", "typed");
      unfold(form);
    }
  }, false);

  function isTyping() {
    var at = document.activeElement;
    return Boolean(at && at.defaultValue !== undefined && at.value !== at.defaultValue);
  }

  /* A link to one game leads to its first field; the browser itself only scrolls there. */
  function focusOn(id) {
    var row = id ? document.getElementById(id) : null, field = row ? row.querySelector(".score-field") : null;
    if (field) { field.focus(); }
  }

  function followHash() {
    if (!isTyping()) { focusOn(/^#(game-[0-9]+)$/.test(location.hash) ? location.hash.slice(1) : ""); }
  }

  followHash();
  window.addEventListener("hashchange", followHash, false);
  // Chrome takes the focus away again once it has scrolled to the game.
  window.addEventListener("load", function () { window.setTimeout(followHash, 0); }, false);

  Timely.shown = function (envelope) {
    if (envelope.type === "schedule_update") { Timely.heal.soon(300); }
  };
}(window.Timely));
