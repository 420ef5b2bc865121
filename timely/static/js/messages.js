/* What each type of message changes on the page. */
(function (Timely) {
  "use strict";
  var lists = Timely.lists, patch = Timely.patch, HALL = 2000;

  function each(selector, act) {
    var found = document.querySelectorAll(selector), i;
    for (i = 0; i < found.length; i += 1) { act(found[i]); }
    return found.length;
  }

  /* Words about the whole of a topic, such as the time of the latest result. */
  function fillScopes(name, data) {
    each("[data-scope=\"" + name + "\"]", function (scope) { patch.fill(scope, data); });
  }

  function results(data, isSnapshot) {
    var tables = [], sent = {}, strange = false, i;
    if (data.table) { tables.push({ id: data.table.id, name: data.table.name, name_text: data.table.name_text, leaderboard: data.leaderboard }); }
    tables = tables.concat(data.more_tables || []);
    for (i = 0; i < tables.length; i += 1) {
      sent[tables[i].id] = true;
      fillScopes("table-" + tables[i].id, tables[i]);
      if (!each("[data-list=leaderboard][data-table=\"" + tables[i].id + "\"]", function (list) {
        lists.replace(list, tables[i].leaderboard, "team_id");
      })) { strange = true; }
    }
    if (isSnapshot) {
      each("[data-list=leaderboard]", function (list) { if (!sent[list.getAttribute("data-table")]) { strange = true; } });
    }
    fillScopes("results", data);
    // A table that this page has not drawn, or that is no more: only the server knows its columns.
    if (strange && document.querySelector("[data-tables]")) { Timely.heal.soon(HALL); }
    for (i = 0; !isSnapshot && i < (data.results || []).length; i += 1) { Timely.say(data.results[i].text); }
  }

  /* A page that says it has no games (data-alone) while it has some, or the other way round, is drawn anew. */
  function isContradictory() {
    var whole = document.querySelector("[data-whole]");
    return whole && !whole.querySelector("[data-row]") !== !!whole.querySelector("[data-alone]");
  }

  function rowsChanged(kind, rows, data, isSnapshot) {
    each("[data-list=\"" + kind + "\"]", function (list) {
      var gone = isSnapshot ? lists.missing(list, rows, data.event_id) : data.removed || [];
      if (!lists.merge(list, rows, gone)) { Timely.heal.soon(HALL); }
    });
    if (isContradictory()) { Timely.heal.soon(HALL); }
  }

  function schedule(data, isSnapshot) {
    rowsChanged("fixtures", data.fixtures || [], data, isSnapshot);
    fillScopes("results", data);
  }

  /* How many announcements stand, counted by their ids, on pages that do not show them too. */
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
    each("[data-count=announcements]", function (badge) { count(badge, data, isSnapshot); });
    if (!isSnapshot && data.announcement && data.action === "created") {
      Timely.say(data.announcement.title + ". " + data.announcement.message);
    }
  }

  function event(data) {
    fillScopes("event", data);
    // Its rules, columns, dates and place stand in many corners of the page.
    Timely.heal.soon(HALL);
  }

  var CHANGES = {
    results_update: results, schedule_update: schedule, announcement_update: announcements, event_update: event
  };

  // Another file may add what its own type of message changes.
  Timely.changes = CHANGES;

  Timely.show = function (envelope) {
    if (CHANGES[envelope.type]) { CHANGES[envelope.type](envelope.data, envelope.since === 0, envelope.topic); }
  };
}(window.Timely));
