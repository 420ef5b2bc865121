/* Animations where the browser has them: rows move to their new places, and changes are highlighted for a moment. */
(function (Timely) {
  "use strict";
  var HIGHLIGHTED = 2000, MOVE_TIME = 600, MOST = 150;

  function isMotionWelcome() {
    return !(window.matchMedia && window.matchMedia("(prefers-reduced-motion: reduce)").matches) && !document.hidden;
  }

  /* The element to highlight: the row if the cell has data-glow, the cell itself for data-glow="self", else null. */
  function highlightTarget(element) {
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

  Timely.highlight = function (element) {
    var node = highlightTarget(element);
    if (!node || !isMotionWelcome()) { return; }
    clearTimeout(node.timelyHighlight);
    Timely.patch.setClass(node, "is-changed", true);
    node.timelyHighlight = setTimeout(function () { Timely.patch.setClass(node, "is-changed", false); }, HIGHLIGHTED);
  };

  if (!document.body.animate || !document.body.getBoundingClientRect) { return; }

  /* FLIP (first, last, invert, play): measures the rows, calls *act*, and animates each from its old place. */
  Timely.animateMoves = function (act) {
    var rows, before = [], i, distance, box;
    if (!isMotionWelcome()) { act(); return; }
    rows = document.querySelectorAll("[data-list] > [data-row]");
    for (i = 0; i < rows.length && i < MOST; i += 1) { before.push({ row: rows[i], top: rows[i].getBoundingClientRect().top }); }
    act();
    for (i = 0; i < before.length; i += 1) {
      box = before[i].row.getBoundingClientRect();
      distance = before[i].top - box.top;
      if (box.height && Math.abs(distance) > 2 && Math.abs(distance) < 3000) {
        before[i].row.animate([
          { transform: "translateY(" + distance + "px)", zIndex: distance > 0 ? 2 : 1 },
          { transform: "none", zIndex: distance > 0 ? 2 : 1 }
        ], { duration: MOVE_TIME, easing: "cubic-bezier(.2,.7,.2,1)" });
      }
    }
  };
}(window.Timely));
