/* Message handlers: what each type of message changes on the page. */
(function (Timely) {
  "use strict";
  var lists = Timely.lists, patch = Timely.patch, MAX_DELAY = 2000;

  function each(selector, act) {
    var found = document.querySelectorAll(selector), i;
    for (i = 0; i < found.length; i += 1) { act(found[i]); }
    return found.length;
  }

  /* Fills the elements about a whole topic, such as the time of the latest result. */
  function fillScopes(name, data) {
    each("[data-scope=\"" + name + "\"]", function (scope) { patch.fill(scope, data); });
  }

  /* Fills a table wherever the page shows it, and returns in how many places. Links to a row's explanation are built
     from data-why. */
  function fillTable(table) {
    var rows = table.leaderboard;
    return each("[data-list=leaderboard][data-table=\"" + table.id + "\"]", function (list) {
      var path = list.getAttribute("data-why"), i;
      for (i = 0; path && i < rows.length; i += 1) { rows[i].why_href = path + rows[i].team_id + "/"; }
      lists.replace(list, rows, "team_id");
    });
  }

  /* True for a table that the page leaves out, because it shows another division or only the first table. */
  function isLeftOut(id) {
    var box = document.querySelector("[data-tables][data-without]");
    return !!box && (" " + box.getAttribute("data-without") + " ").indexOf(" " + id + " ") >= 0;
  }

  /* Final places and champions; hidden for a division in which nothing is decided. */
  function places(finals) {
    each("[data-places]", function (box) {
      var row = finals.filter(function (one) { return one.id === box.getAttribute("data-places"); })[0];
      var list = box.querySelector("[data-list=places]");
      if (list) { lists.replace(list, row ? row.places : [], "team_id"); }
      patch.setHidden(box, !row);
      if (row) { patch.fill(box, row); }
    });
  }

  function results(data, isSnapshot) {
    var tables = [], sent = {}, mustRefresh = false, i;
    if (data.table) { tables.push({ id: data.table.id, name: data.table.name, name_text: data.table.name_text, leaderboard: data.leaderboard }); }
    tables = tables.concat(data.more_tables || []);
    for (i = 0; i < tables.length; i += 1) {
      sent[tables[i].id] = true;
      fillScopes("table-" + tables[i].id, tables[i]);
      if (!fillTable(tables[i]) && !isLeftOut(tables[i].id)) { mustRefresh = true; }
    }
    if (isSnapshot) {
      for (i = 0; i < (data.comparisons || []).length; i += 1) { sent[data.comparisons[i].id] = true; }
      each("[data-list=leaderboard]", function (list) { if (!sent[list.getAttribute("data-table")]) { mustRefresh = true; } });
    }
    for (i = 0; i < (data.comparisons || []).length; i += 1) {
      if (!fillTable(data.comparisons[i]) && document.querySelector("[data-compared]") && !isLeftOut(data.comparisons[i].id)) { mustRefresh = true; }
    }
    places(data.final_places || []);
    fillScopes("results", data);
    // A new table, or one that is gone: only the server knows its columns.
    if (mustRefresh && document.querySelector("[data-tables]")) { Timely.pageRefresh.soon(MAX_DELAY); }
    for (i = 0; !isSnapshot && i < (data.results || []).length; i += 1) { Timely.announce(data.results[i].text); }
  }

  /* True if the page says that it has no games (data-alone) while it has some, or the other way round. */
  function isContradictory() {
    var whole = document.querySelector("[data-whole]");
    return whole && !whole.querySelector("[data-row]") !== !!whole.querySelector("[data-alone]");
  }

  function rowsChanged(kind, rows, data, isSnapshot) {
    each("[data-list=\"" + kind + "\"]", function (list) {
      var gone = isSnapshot ? lists.missing(list, rows, data.event_id) : data.removed || [];
      if (!lists.merge(list, rows, gone)) { Timely.pageRefresh.soon(MAX_DELAY); }
    });
    if (isContradictory()) { Timely.pageRefresh.soon(MAX_DELAY); }
  }

  /* Fills every drawing and list of a tie. A tie that is new, gone or has other sources changes the lines, which
     only the server draws. */
  function ties(rows, removed, isSnapshot) {
    var box = document.querySelector("[data-bracket]"), sent = {}, mustRefresh = removed.length > 0, without;
    if (!box) { return; }
    without = JSON.parse(box.getAttribute("data-bracket") || "[]");
    rows.forEach(function (row) {
      sent[row.id] = true;
      if (!each("[data-tie=\"" + row.id + "\"]", function (element) {
        if (element.getAttribute("data-from") !== row.home.from_text + "|" + row.away.from_text) { mustRefresh = true; }
        patch.fill(element, row);
      }) && without.indexOf(row.id) < 0) { mustRefresh = true; }
    });
    if (isSnapshot) {
      each("[data-tie]", function (element) { if (!sent[element.getAttribute("data-tie")]) { mustRefresh = true; } });
    }
    if (mustRefresh) { Timely.pageRefresh.soon(MAX_DELAY); }
  }

  function schedule(data, isSnapshot) {
    rowsChanged("fixtures", data.fixtures || [], data, isSnapshot);
    ties(data.ties || [], data.removed || [], isSnapshot);
    fillScopes("results", data);
  }

  /* The number of announcements, counted by id, also on pages that do not list them. */
  function count(badge, data, isSnapshot) {
    var ids = isSnapshot ? [] : JSON.parse(badge.getAttribute("data-ids")), changed = data.announcements || [], i;
    for (i = 0; i < changed.length; i += 1) { if (ids.indexOf(changed[i].id) < 0) { ids.push(changed[i].id); } }
    ids = ids.filter(function (id) { return (data.removed || []).indexOf(id) < 0; });
    badge.setAttribute("data-ids", JSON.stringify(ids));
    badge.textContent = ids.length ? String(ids.length) : "";
    patch.setHidden(badge, !ids.length);
  }

  function announcements(data, isSnapshot) {
    rowsChanged("announcements", data.announcements || [], data, isSnapshot);
    // The header and the sticky bar must not show the same text twice.
    if (Timely.notices) { Timely.notices.tidy(); }
    each("[data-count=announcements]", function (badge) { count(badge, data, isSnapshot); });
    if (!isSnapshot && data.announcement && data.action === "created") {
      Timely.announce(data.announcement.title + ". " + data.announcement.message);
    }
  }

  function event(data) {
    fillScopes("event", data);
    // Its rules, columns, dates and place are used all over the page.
    Timely.pageRefresh.soon(MAX_DELAY);
  }

  var HANDLERS = {
    results_update: results, schedule_update: schedule, announcement_update: announcements, event_update: event
  };

  // Other scripts add handlers for their own types of message.
  Timely.messageHandlers = HANDLERS;

  Timely.applyMessage = function (envelope) {
    if (HANDLERS[envelope.type]) { HANDLERS[envelope.type](envelope.data, envelope.since === 0, envelope.topic); }
  };
}(window.Timely));
