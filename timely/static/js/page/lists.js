/* Lists of rows: which rows belong in a list, under which heading they stand, and how many are shown. */
(function (Timely) {
  "use strict";
  var patch = Timely.patch;

  function children(list, attribute) {
    var found = [], node;
    for (node = list.firstElementChild; node; node = node.nextElementSibling) {
      if (node.getAttribute(attribute) !== null) { found.push(node); }
    }
    return found;
  }

  function rowsOf(list) { return children(list, "data-row"); }

  function named(nodes, attribute, value) {
    var i;
    for (i = 0; i < nodes.length; i += 1) { if (nodes[i].getAttribute(attribute) === String(value)) { return nodes[i]; } }
    return null;
  }

  /* {id: row element} of the list. */
  function byId(list) {
    var found = {}, nodes = rowsOf(list), i;
    for (i = 0; i < nodes.length; i += 1) { found[nodes[i].getAttribute("data-row")] = nodes[i]; }
    return found;
  }

  function blank(list, kind) {
    var copy = named(children(list, "data-blank"), "data-blank", kind).cloneNode(true);
    copy.removeAttribute("data-blank");
    patch.setHidden(copy, false);
    return copy;
  }

  function around(list) {
    var node = list;
    while (node && node.nodeType === 1 && node.getAttribute("data-box") === null) { node = node.parentNode; }
    return node && node.nodeType === 1 ? node : null;
  }

  /* True if the row has one of the values that data-only allows for each key; "home_team.name|away_team.name" is either
     of two keys. */
  function belongs(list, row) {
    var only = JSON.parse(list.getAttribute("data-only") || "{}"), keys, i, fits;
    for (keys in only) {
      fits = false;
      for (i = 0; i < keys.split("|").length; i += 1) {
        if (only[keys].indexOf(patch.read(row, keys.split("|")[i])) >= 0) { fits = true; }
      }
      if (!fits) { return false; }
    }
    return true;
  }

  /* Puts the nodes in this order. As few as can be are moved, so focus and scroll stay, and little is laid out anew. */
  function arrange(list, nodes) {
    var isKept = Timely.keptInOrder(list, nodes), last = null, next, i;
    for (i = 0; i < nodes.length; i += 1) {
      next = last ? last.nextSibling : list.firstChild;
      if (!isKept[i] && nodes[i] !== next) { list.insertBefore(nodes[i], next); }
      last = nodes[i];
    }
  }

  /* The rows with a heading before the first of each day (or of whatever data-headed names). */
  function headed(list, rows) {
    var old = children(list, "data-heading"), used = {}, nodes = [], i, name, heading;
    for (i = 0; i < rows.length; i += 1) {
      name = rows[i].getAttribute("data-under") || "";
      if (!used[":" + name]) {
        heading = named(old, "data-heading", name) || blank(list, "heading");
        if (heading.getAttribute("data-heading") !== name) {
          heading.setAttribute("data-heading", name);
          patch.fill(heading, rows[i].timelyRow);
        }
        used[":" + name] = true;
        nodes.push(heading);
      }
      nodes.push(rows[i]);
    }
    for (i = 0; i < old.length; i += 1) {
      if (!used[":" + old[i].getAttribute("data-heading")]) { list.removeChild(old[i]); }
    }
    return nodes;
  }

  /* Beyond data-most there may be rows that this page never had: a row that moves to the end cannot be placed. */
  function dropUnsure(list, rows) {
    var most = Number(list.getAttribute("data-most") || 0);
    if (!most || (rows.length <= most && list.getAttribute("data-more") === null)) { return; }
    list.setAttribute("data-more", "");
    while (rows.length && (rows.length > most || rows[rows.length - 1].timelyMoved)) { list.removeChild(rows.pop()); }
  }

  function showEmptiness(list, shown) {
    var box = around(list), empty = box && box.querySelector("[data-empty]");
    if (empty) { patch.setHidden(empty, shown > 0); }
    if (list.nodeName !== "TBODY") { patch.setHidden(list, shown === 0); }
    if (box && box.getAttribute("data-box") === "hide") { patch.setHidden(box, shown === 0); }
  }

  /* Sorts rows, sets headings, and hides rows beyond the limit. False if the page has too few rows to fill the list. */
  function tidy(list) {
    var rows = Timely.sortedRows(rowsOf(list)), limit = Number(list.getAttribute("data-limit") || 0), i;
    dropUnsure(list, rows);
    for (i = 0; i < rows.length; i += 1) {
      rows[i].timelyMoved = false;
      if (limit) { patch.setHidden(rows[i], i >= limit); }
    }
    arrange(list, list.getAttribute("data-headed") ? headed(list, rows) : rows);
    showEmptiness(list, rows.length);
    return !(limit && rows.length < limit && list.getAttribute("data-more") !== null);
  }

  function take(list, have, id) {
    if (have[id]) { list.removeChild(have[id]); }
    delete have[id];
  }

  /* *have* are the rows of the list by id, to which a new one is added. */
  function put(list, have, id, row) {
    var node = have[id], isNew = !node, by = list.getAttribute("data-headed"), key;
    if (isNew) {
      node = blank(list, "row");
      node.setAttribute("data-row", id);
      list.appendChild(node);
      have[id] = node;
    }
    patch.fillRow(node, row);
    if (row.sort_key) {
      key = JSON.stringify(row.sort_key);
      if (isNew || key !== JSON.stringify(JSON.parse(node.getAttribute("data-sort")))) { node.timelyMoved = true; }
      node.setAttribute("data-sort", key);
    }
    if (by) { node.setAttribute("data-under", patch.read(row, by) || ""); }
    if (row.event_id !== undefined) { node.setAttribute("data-event", row.event_id); }
    if (isNew) { patch.highlight(node); }
    return node;
  }

  /* Adds, changes and removes rows. False if the page must be fetched again. */
  function merge(list, rows, gone) {
    var have = byId(list), i;
    Timely.spreadSortKeys(list);
    for (i = 0; i < rows.length; i += 1) {
      if (belongs(list, rows[i])) { put(list, have, rows[i].id, rows[i]); } else { take(list, have, rows[i].id); }
    }
    for (i = 0; i < gone.length; i += 1) { take(list, have, gone[i]); }
    return tidy(list);
  }

  /* The ids in the list that are not among *rows*; only of this event, where a list has rows of several. */
  function missing(list, rows, eventId) {
    var have = {}, nodes = rowsOf(list), gone = [], i, of;
    for (i = 0; i < rows.length; i += 1) { have[rows[i].id] = true; }
    for (i = 0; i < nodes.length; i += 1) {
      of = nodes[i].getAttribute("data-event");
      if (!have[nodes[i].getAttribute("data-row")] && (of === null || of === String(eventId))) {
        gone.push(nodes[i].getAttribute("data-row"));
      }
    }
    return gone;
  }

  /* All rows of a list, in the order in which they come. */
  function replace(list, rows, key) {
    var nodes = [], sent = {}, have = byId(list), id;
    rows.forEach(function (row) {
      nodes.push(put(list, have, row[key], row));
      sent[row[key]] = true;
    });
    for (id in have) { if (!sent[id]) { list.removeChild(have[id]); } }
    arrange(list, nodes);
    showEmptiness(list, nodes.length);
  }

  Timely.lists = { merge: merge, missing: missing, replace: replace };
}(window.Timely));
