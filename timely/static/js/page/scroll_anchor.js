/* Nothing jumps while one reads: what is under the eyes stays there, and what has the focus keeps it. */
(function (Timely) {
  "use strict";
  var PLACED = "[data-list=fixtures] > [data-row], .announcement, .card > h2, .page-head", ENOUGH = 9;

  /* What is in the window and keeps its place among its neighbours; rows of a table change theirs. */
  function inSight() {
    var found = document.querySelectorAll(PLACED), seen = [], i, box;
    for (i = 0; i < found.length && seen.length < ENOUGH; i += 1) {
      box = found[i].getBoundingClientRect();
      if (box.height && box.bottom > 0 && box.top < window.innerHeight) { seen.push({ node: found[i], top: box.top }); }
    }
    return seen;
  }

  /* How far most of it has moved: a single game that was put off takes nobody along. */
  function shift(seen) {
    var ways = [], i, box;
    for (i = 0; i < seen.length; i += 1) {
      box = seen[i].node.getBoundingClientRect();
      if (document.body.contains(seen[i].node) && box.height) { ways.push(box.top - seen[i].top); }
    }
    ways.sort(function (one, other) { return one - other; });
    return ways.length ? ways[Math.floor(ways.length / 2)] : 0;
  }

  function scrolled() { return window.pageYOffset || document.documentElement.scrollTop || 0; }

  function selection(element) {
    // Not every kind of field has one, and some say so by a fault.
    try { return [element.selectionStart, element.selectionEnd]; } catch (fault) { return [null, null]; }
  }

  function giveBack(focused, selected) {
    var at = scrolled();
    if (!focused || focused === document.activeElement || !document.body.contains(focused)) { return; }
    focused.focus({ preventScroll: true });
    // An engine that does not know the word has scrolled.
    if (scrolled() !== at) { window.scrollTo(window.pageXOffset, at); }
    if (typeof selected[0] === "number") { focused.setSelectionRange(selected[0], selected[1]); }
  }

  /* Does *act*, which changes the page, and scrolls so that what was in sight is where it was. */
  function holding(act) {
    var root = document.documentElement, seen = scrolled() > 0 ? inSight() : [], way;
    // Newer engines do it by themselves, but only after the rows have been sent on their way.
    root.style.overflowAnchor = "none";
    act();
    way = shift(seen);
    if (Math.abs(way) > 1) { window.scrollBy(0, way); }
    root.style.overflowAnchor = "";
  }

  Timely.steady = function (act) {
    var focused = document.activeElement, selected;
    if (focused === document.body) { focused = null; }
    selected = focused ? selection(focused) : [];
    (Timely.moving || function (change) { change(); })(function () { holding(act); });
    giveBack(focused, selected);
  };
}(window.Timely));
