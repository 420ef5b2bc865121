/* Results desk: refreshes games when others save, but never a row that is being filled in. */
(function (Timely) {
  "use strict";
  if (!Timely || !Timely.pageRefresh || !document.addEventListener) { return; }

  function formOf(node) {
    while (node && node.nodeName !== "FORM") { node = node.parentNode; }
    return node;
  }

  /* Shows the fields for penalties if the score is level in a game that must have a winner. */
  function unfold(form) {
    var pens = form.querySelector("[data-pens]"), home = form.querySelector("[name=home_score]");
    var away = form.querySelector("[name=away_score]"), isLevel;
    if (!pens || !home || !away) { return; }
    isLevel = home.value !== "" && home.value.replace(/^0+(?=.)/, "") === away.value.replace(/^0+(?=.)/, "");
    if (isLevel) { Timely.patch.setClass(pens, "is-folded", false); }
  }

  // The row keeps its version field: if somebody else saves the game, the server reports the conflict.
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

  /* Focuses the first field of the game that the address names; the browser itself only scrolls there. */
  function focusOn(id) {
    var row = id ? document.getElementById(id) : null, field = row ? row.querySelector(".score-field") : null;
    if (field) { field.focus(); }
  }

  function followHash() {
    if (!isTyping()) { focusOn(/^#(game-[0-9]+)$/.test(location.hash) ? location.hash.slice(1) : ""); }
  }

  followHash();
  window.addEventListener("hashchange", followHash, false);
  // Chrome drops the focus after it has scrolled to the target.
  window.addEventListener("load", function () { window.setTimeout(followHash, 0); }, false);

  Timely.pageChanged = function (envelope) {
    if (envelope.type === "schedule_update") { Timely.pageRefresh.soon(300); }
  };
}(window.Timely));
