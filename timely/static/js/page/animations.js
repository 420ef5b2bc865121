/* Animations where the browser has them: rows move to their new places, and changes are highlighted for a moment. */
(function (Timely) {
  "use strict";
  var GLOW = 2000, MOVE = 600, MOST = 150;

  function isMotionWelcome() {
    return !(window.matchMedia && window.matchMedia("(prefers-reduced-motion: reduce)").matches) && !document.hidden;
  }

  /* The element to highlight: the row if the cell has data-glow, the cell itself for data-glow="self", else null. */
  function glowing(element) {
    var node = element;
    if (node.getAttribute("data-row") !== null) { return node; }
    while (node && node.nodeType === 1 && node.getAttribute("data-row") === null) {
      if (node.getAttribute("data-glow") === "self") { return node; }
      if (node.getAttribute("data-glow") !== null) { node = rowAround(node); break; }
      if (node.getAttribute("data-calm") !== null) { return null; }
      node = node.parentNode;
    }
    return node && node.nodeType === 1 && element.getAttribute("data-calm") === null ? node : null;
  }

  function rowAround(node) {
    while (node && node.nodeType === 1 && node.getAttribute("data-row") === null) { node = node.parentNode; }
    return node;
  }

  Timely.changed = function (element) {
    var node = glowing(element);
    if (!node || !isMotionWelcome()) { return; }
    clearTimeout(node.timelyGlow);
    Timely.patch.setClass(node, "is-changed", true);
    node.timelyGlow = setTimeout(function () { Timely.patch.setClass(node, "is-changed", false); }, GLOW);
  };

  if (!document.body.animate || !document.body.getBoundingClientRect) { return; }

  /* FLIP (first, last, invert, play): measures the rows, calls *act*, and animates each from its old place. */
  Timely.moving = function (act) {
    var rows, before = [], i, way, box;
    if (!isMotionWelcome()) { act(); return; }
    rows = document.querySelectorAll("[data-list] > [data-row]");
    for (i = 0; i < rows.length && i < MOST; i += 1) { before.push({ row: rows[i], top: rows[i].getBoundingClientRect().top }); }
    act();
    for (i = 0; i < before.length; i += 1) {
      box = before[i].row.getBoundingClientRect();
      way = before[i].top - box.top;
      if (box.height && Math.abs(way) > 2 && Math.abs(way) < 3000) {
        before[i].row.animate([
          { transform: "translateY(" + way + "px)", zIndex: way > 0 ? 2 : 1 },
          { transform: "none", zIndex: way > 0 ? 2 : 1 }
        ], { duration: MOVE, easing: "cubic-bezier(.2,.7,.2,1)" });
      }
    }
  };
}(window.Timely));
