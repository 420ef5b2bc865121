/* List order: sorts the rows of a list by their sort keys, which the server makes. */
(function (Timely) {
  "use strict";

  /* Sort keys are arrays, compared element by element. */
  function compare(one, other) {
    var i;
    for (i = 0; i < one.length && i < other.length; i += 1) {
      if (one[i] !== other[i]) { return one[i] < other[i] ? -1 : 1; }
    }
    return 0;
  }

  /* The row elements, sorted by their data-sort. */
  Timely.sortedRows = function (rows) {
    return rows.map(function (row) {
      return { row: row, key: JSON.parse(row.getAttribute("data-sort") || "[]") };
    }).sort(function (one, other) { return compare(one.key, other.key); }).map(function (pair) { return pair.row; });
  };
}(window.Timely));
