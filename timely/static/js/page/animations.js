/* Animations where the browser has them: rows move to their new places, and changes are highlighted for a moment. */
(function (Timely) {
  "use strict";
  var HIGHLIGHTED = 2000, TOGETHER = 100, MOVE_TIME = 600, MOST = 150;
  var batch = null;
  var reduced = window.matchMedia ? window.matchMedia("(prefers-reduced-motion: reduce)") : {};

  function isMotionWelcome() { return !reduced.matches && !document.hidden; }

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

  /* The elements that are highlighted at about the same time, which ends for all of them in one frame. */
  function openBatch() {
    var now = new Date().getTime();
    if (!batch || now - batch.begun > TOGETHER) {
      batch = { begun: now, nodes: [] };
      endLater(batch);
    }
    return batch;
  }

  function endLater(ended) { setTimeout(function () { endHighlight(ended); }, HIGHLIGHTED); }

  /* One that is highlighted again meanwhile belongs to a later batch. */
  function endHighlight(ended) {
    var i;
    for (i = 0; i < ended.nodes.length; i += 1) {
      if (ended.nodes[i].timelyBatch === ended) { Timely.patch.setClass(ended.nodes[i], "is-changed", false); }
    }
  }

  Timely.highlight = function (element) {
    var node = highlightTarget(element), current;
    if (!node || !isMotionWelcome()) { return; }
    current = openBatch();
    if (node.timelyBatch === current) { return; }
    node.timelyBatch = current;
    current.nodes.push(node);
    Timely.patch.setClass(node, "is-changed", true);
  };

  if (!document.body.animate || !document.body.getBoundingClientRect) { return; }

  /* The rows with their places; all are measured before any is changed, so that the page is laid out once. */
  function placesOf(rows) {
    var places = [], i;
    for (i = 0; i < rows.length && i < MOST; i += 1) { places.push(rows[i].getBoundingClientRect()); }
    return places;
  }

  /* True if a row was shown and is, and can be seen on its way from one place to the other. */
  function isInView(from, to) {
    return from.height && to.height && Math.min(from.top, to.top) < window.innerHeight && Math.max(from.bottom, to.bottom) > 0;
  }

  /* Moves a row from *distance* pixels away to where it is; rows that climb pass over the others. The compositor does
     it alone, because nothing but the transform is animated. */
  function move(row, distance) {
    var animation = row.animate([{ transform: "translateY(" + distance + "px)" }, { transform: "none" }],
      { duration: MOVE_TIME, easing: "cubic-bezier(.2,.7,.2,1)" });
    row.timelyMove = animation;
    raise(row, distance > 0);
    if (distance > 0) { animation.onfinish = function () { if (row.timelyMove === animation) { raise(row, false); } }; }
  }

  function raise(row, isRaised) {
    row.style.position = isRaised ? "relative" : "";
    row.style.zIndex = isRaised ? 2 : "";
  }

  /* FLIP (first, last, invert, play): measures the rows, calls *act*, and animates each from its old place. */
  Timely.animateMoves = function (act) {
    var rows, before, after, i, distance;
    if (!isMotionWelcome()) { act(); return; }
    rows = document.querySelectorAll("[data-list] > [data-row]");
    before = placesOf(rows);
    act();
    after = placesOf(rows);
    for (i = 0; i < before.length; i += 1) {
      distance = before[i].top - after[i].top;
      if (Math.abs(distance) > 2 && Math.abs(distance) < 3000 && isInView(before[i], after[i])) { move(rows[i], distance); }
    }
  };
}(window.Timely));
