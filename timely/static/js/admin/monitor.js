/* Live monitor: polls spectator and server numbers, and fills cells and charts with them. */
(function (Timely) {
  "use strict";
  var EVERY = 3000, TIME_OUT = 10000, LISTS = ["warnings", "tiles", "events", "pipes", "pages", "delivery", "server"], places, i;

  /* data-put="points:line" sets the attribute from the row: numbers and commas, and nothing else. */
  function putOne(element, row) {
    var parts = element.getAttribute("data-put").split(":"), value = String(row[parts[1]]);
    if (/^[\d.,\- ]*$/.test(value) && element.getAttribute(parts[0]) !== value) { element.setAttribute(parts[0], value); }
  }

  function put(root, row, within) {
    var found = root.querySelectorAll("[data-put]"), k;
    for (k = 0; k < found.length; k += 1) { if (within || !rowOf(found[k])) { putOne(found[k], row); } }
  }

  function rowOf(node) {
    while (node && node.nodeType === 1 && node.getAttribute("data-row") === null && node.getAttribute("data-blank") === null) {
      node = node.parentNode;
    }
    return node && node.nodeType === 1 ? node : null;
  }

  function fillTop(root, data) {
    var found = root.querySelectorAll("[data-field], [data-if]"), k;
    for (k = 0; k < found.length; k += 1) { if (!rowOf(found[k])) { Timely.patch.fill(found[k], data); } }
  }

  function fillList(name, rows) {
    var list = document.querySelector("[data-list=watch-" + name + "]"), k, row;
    if (!list || !rows) { return; }
    Timely.lists.replace(list, rows, "id");
    for (k = 0; k < rows.length; k += 1) {
      row = list.querySelector("[data-row=\"" + rows[k].id + "\"]");
      if (row) { put(row, rows[k], true); }
    }
  }

  function show(root, data) {
    var k;
    if (root.getAttribute("data-field") !== null) { Timely.patch.fill(root, data); return; }
    fillTop(root, data);
    put(root, data, false);
    for (k = 0; k < LISTS.length; k += 1) { fillList(LISTS[k], data[LISTS[k]]); }
  }

  /* Polls again only after the response or a time-out: a slow server never has two requests of one page. */
  function poll(root) {
    var request = new XMLHttpRequest(), isOver = false, late;
    function again() {
      if (isOver) { return; }
      isOver = true;
      clearTimeout(late);
      setTimeout(function () { poll(root); }, EVERY);
    }
    late = setTimeout(function () { again(); request.abort(); }, TIME_OUT);
    if (document.hidden) { again(); return; }
    request.open("GET", root.getAttribute("data-numbers"), true);
    request.onreadystatechange = function () {
      if (request.readyState !== 4) { return; }
      if (request.status === 200 && !isOver) {
        try { show(root, JSON.parse(request.responseText)); } catch (fault) { /* The next response may be complete. */ }
      }
      again();
    };
    request.send(null);
  }

  if (!Timely || !Timely.lists || !window.XMLHttpRequest || !window.JSON || !document.querySelectorAll) { return; }
  places = document.querySelectorAll("[data-numbers]");
  for (i = 0; i < places.length; i += 1) { poll(places[i]); }
}(window.Timely));
