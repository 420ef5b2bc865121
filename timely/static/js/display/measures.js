/* Measures of a display: its elements and rows, what fits, and the largest font size at which something does. */
(function (Timely) {
  "use strict";
  var patch = Timely.patch;

  function first(selector) { return document.querySelector(selector); }

  function all(selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); }

  function setOff(element, isOff) { if (element) { patch.setClass(element, "is-off", isOff); } }

  function rowsIn(element) { return all("[data-row]:not([hidden])", element); }

  function isUrgent(row) { return /is-urgent/.test(row.className); }

  /* In portrait there is no room beside a table: current and next games have a screen of their own. */
  function isPortrait() { return window.innerHeight > window.innerWidth; }

  function fontSizeOf(element) { return parseFloat(window.getComputedStyle(element).fontSize); }

  function isCut(name) { return name.scrollWidth > name.clientWidth + 1 || name.scrollHeight > name.clientHeight + 1; }

  /* The bottom in the final layout; getBoundingClientRect would include a running animation. */
  function bottomOf(element) {
    var bottom = element.offsetHeight, node = element;
    while (node) {
      bottom += node.offsetTop + (node === element ? 0 : node.clientTop);
      node = node.offsetParent;
    }
    return bottom;
  }

  /* Sets the largest size that fits, from *size* down to *least* in steps of 5 %, by binary search: measuring is
     slow, and this takes five measurements instead of twenty. */
  function setLargest(size, least, set, fits) {
    var tooFew = 0, enough = Math.ceil(Math.log(least / size) / Math.log(0.95)), middle;
    set(size);
    if (!(size > least) || fits()) { return; }
    while (enough - tooFew > 1) {
      middle = Math.floor((tooFew + enough) / 2);
      set(size * Math.pow(0.95, middle));
      if (fits()) { enough = middle; } else { tooFew = middle; }
    }
    set(size * Math.pow(0.95, enough));
  }

  /* Sets the largest font size at which the element fits. */
  function shrink(element, size, least, fits) {
    setLargest(size, least, function (size) { element.style.fontSize = size + "px"; }, fits);
  }

  /* Hides rows that would be cut off at the bottom, and cards without rows. All rows are shown and measured before any is
     hidden; those below one that is hidden move up by its height. */
  function hideOverflow(box, bottom) {
    var rows = rowsIn(box), bottoms, heights, hidden = 0;
    rows.forEach(function (row) { setOff(row, false); });
    bottoms = rows.map(bottomOf);
    heights = rows.map(function (row) { return row.offsetHeight; });
    rows.forEach(function (row, i) {
      var isCutOff = bottoms[i] - hidden > bottom + 1;
      setOff(row, isCutOff);
      if (isCutOff) { hidden += heights[i]; }
    });
    all("[data-box]", box).forEach(function (card) {
      setOff(card, rowsIn(card).every(function (row) { return /is-off/.test(row.className); }));
    });
  }

  Timely.display = {
    first: first, all: all, setOff: setOff, rowsIn: rowsIn, isUrgent: isUrgent, isPortrait: isPortrait, isCut: isCut,
    fontSizeOf: fontSizeOf, bottomOf: bottomOf, setLargest: setLargest, shrink: shrink, hideOverflow: hideOverflow
  };
}(window.Timely));
