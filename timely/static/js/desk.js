/* The results desk: keeps the games in step with other people's saves, but never touches a row that is being typed. */
(function (Timely) {
  "use strict";
  if (!Timely || !Timely.heal || !document.addEventListener) { return; }

  function formOf(node) {
    while (node && node.nodeName !== "FORM") { node = node.parentNode; }
    return node;
  }

  // A typed row keeps the version that it was drawn with: if somebody else saves the game, the server will say so.
  document.addEventListener("input", function (typed) {
    var form = formOf(typed.target);
    if (form && form.id.indexOf("game-") === 0) { form.setAttribute("data-own", "typed"); }
  }, false);

  Timely.shown = function (envelope) {
    if (envelope.type === "schedule_update") { Timely.heal.soon(300); }
  };
}(window.Timely));
