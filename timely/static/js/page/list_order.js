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

  /* A long list has the sort keys of its rows in data-keys, by day: gives each row its own, and in data-under the value
     of the heading above it. To be called before a row is moved. */
  Timely.spreadSortKeys = function (list) {
    var days = JSON.parse(list.getAttribute("data-keys") || "[]"), under = "", day = 0, at = 0, node, id, time;
    list.removeAttribute("data-keys");
    for (node = list.firstChild; node && day < days.length; node = node.nextSibling) {
      if (node.nodeType === 1 && node.getAttribute("data-heading") !== null) { under = node.getAttribute("data-heading"); }
      id = node.nodeType === 1 ? node.getAttribute("data-row") : null;
      if (id !== null) {
        at += 1;
        time = days[day][at];
        if (time && time.indexOf("T") < 0) { time = days[day][0] + "T" + time; }
        node.setAttribute("data-sort", JSON.stringify([days[day][0], time, Number(id)]));
        node.setAttribute("data-under", under);
        if (at === days[day].length - 1) { day += 1; at = 0; }
      }
    }
  };

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
