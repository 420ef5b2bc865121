/* List order: sorts the rows of a list by their sort keys, which the server makes, and finds those that stay in place. */
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

  /* Where each node stands in the list now, as an index; -1 for one that is not in it. */
  function placesOf(list, nodes) {
    var place = 0, child;
    for (child = list.firstChild; child; child = child.nextSibling) { child.timelyPlace = place; place += 1; }
    return nodes.map(function (node) { return node.parentNode === list ? node.timelyPlace : -1; });
  }

  /* {index in *nodes*: true} of the most nodes that stand in this order already: the longest increasing subsequence
     of their places. */
  Timely.keptInOrder = function (list, nodes) {
    var places = placesOf(list, nodes), ends = [], before = [], kept = {}, i, length, low, middle;
    // ends[k] is the node with the lowest place with which k + 1 nodes in order can end; before[i] the one before it.
    for (i = 0; i < places.length; i += 1) {
      low = 0;
      length = ends.length;
      while (low < length) {
        middle = Math.floor((low + length) / 2);
        if (places[ends[middle]] < places[i]) { low = middle + 1; } else { length = middle; }
      }
      before[i] = ends[low - 1];
      if (places[i] >= 0) { ends[low] = i; }
    }
    for (i = ends[ends.length - 1]; i !== undefined; i = before[i]) { kept[i] = true; }
    return kept;
  };
}(window.Timely));
