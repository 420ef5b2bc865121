/* Scroll anchor: keeps what is in the window in its place while the page changes, and the focus where it was. */
(function (Timely) {
  "use strict";
  var PLACED = "[data-list=fixtures] > [data-row], .announcement, .card > h2, .page-head", MOST = 9;

  /* Elements in the window that keep their order; table rows are left out, because they are reordered. */
  function inWindow() {
    var found = document.querySelectorAll(PLACED), seen = [], i, box;
    for (i = 0; i < found.length && seen.length < MOST; i += 1) {
      box = found[i].getBoundingClientRect();
      if (box.height && box.bottom > 0 && box.top < window.innerHeight) { seen.push({ node: found[i], top: box.top }); }
    }
    return seen;
  }

  /* The median shift: one game that was moved does not scroll the page. */
  function shift(seen) {
    var shifts = [], i, box;
    for (i = 0; i < seen.length; i += 1) {
      box = seen[i].node.getBoundingClientRect();
      if (document.body.contains(seen[i].node) && box.height) { shifts.push(box.top - seen[i].top); }
    }
    shifts.sort(function (one, other) { return one - other; });
    return shifts.length ? shifts[Math.floor(shifts.length / 2)] : 0;
  }

  function scrolled() { return window.pageYOffset || document.documentElement.scrollTop || 0; }

  function selection(element) {
    // Not every kind of field has one, and some throw.
    try { return [element.selectionStart, element.selectionEnd]; } catch (fault) { return [null, null]; }
  }

  function restoreFocus(focused, selected) {
    var at = scrolled();
    if (!focused || focused === document.activeElement || !document.body.contains(focused)) { return; }
    focused.focus({ preventScroll: true });
    // An engine without preventScroll has scrolled.
    if (scrolled() !== at) { window.scrollTo(window.pageXOffset, at); }
    if (typeof selected[0] === "number") { focused.setSelectionRange(selected[0], selected[1]); }
  }

  /* Calls *act*, which changes the page, and scrolls so that what was in the window stays where it was. At the top of
     the page nothing is to be held. */
  function holdScroll(act) {
    var root = document.documentElement, seen, moved;
    if (!scrolled()) { act(); return; }
    seen = inWindow();
    // The browser's own scroll anchoring would act only after the animations have begun.
    root.style.overflowAnchor = "none";
    act();
    moved = shift(seen);
    if (Math.abs(moved) > 1) { window.scrollBy(0, moved); }
    root.style.overflowAnchor = "";
  }

  Timely.keepScroll = function (act) {
    var focused = document.activeElement, selected;
    if (focused === document.body) { focused = null; }
    selected = focused ? selection(focused) : [];
    (Timely.animateMoves || function (change) { change(); })(function () { holdScroll(act); });
    restoreFocus(focused, selected);
  };
}(window.Timely));
