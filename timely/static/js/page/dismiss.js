/* Dismissal of notifications, remembered on this device; of the others the newest three are shown. */
window.Timely = window.Timely || {};
(function (Timely) {
  "use strict";
  var KEY = "timely-dismissed", MOST_KEPT = 50, MOST_SHOWN = 3;
  var box = document.querySelector("[data-notices]"), epoch = box ? box.getAttribute("data-epoch") : "", gone = read();

  /* Stored with the epoch: in another database the same ids are other notifications. */
  function read() {
    var kept;
    try {
      kept = JSON.parse(window.localStorage.getItem(KEY) || "{}");
      return kept.epoch === epoch && kept.ids instanceof Array ? kept.ids : [];
    } catch (fault) {
      return [];
    }
  }

  function write() {
    try {
      window.localStorage.setItem(KEY, JSON.stringify({ epoch: epoch, ids: gone.slice(-MOST_KEPT) }));
    } catch (fault) { /* Without storage it is dismissed on this page alone. */ }
  }

  function setHidden(element, hidden) {
    if (hidden) { element.setAttribute("hidden", ""); } else { element.removeAttribute("hidden"); }
  }

  function tidy() {
    var rows = box.querySelectorAll("[data-row]"), shown = 0, i, isGone;
    for (i = 0; i < rows.length; i += 1) {
      isGone = gone.indexOf(rows[i].getAttribute("data-row")) >= 0;
      setHidden(rows[i], isGone || shown >= MOST_SHOWN);
      if (!isGone) { shown += 1; }
    }
    setRepeated(isBarRepeated());
  }

  /* True if the header shows the text of the sticky bar. On the first run the bar is not parsed yet: its text is in
     data-bar. */
  function isBarRepeated() {
    var title = document.querySelector(".stay-urgent [data-row] [data-field=title]"), titles, i;
    title = title ? title.textContent : box.getAttribute("data-bar") || "";
    titles = box.querySelectorAll(".is-urgent[data-row]:not([hidden]) [data-field=title]");
    for (i = 0; i < titles.length; i += 1) { if (titles[i].textContent === title) { return true; } }
    return false;
  }

  /* Hides the text in the sticky bar as long as the header that shows the same is in view. */
  function setRepeated(isRepeated) {
    var bare = (" " + document.body.className + " ").replace(" is-told ", " ").replace(/^ +| +$/g, "");
    document.body.className = isRepeated ? bare + " is-told" : bare;
  }

  function rowOf(node) {
    while (node && node.nodeType === 1 && node.getAttribute("data-row") === null) { node = node.parentNode; }
    return node && node.nodeType === 1 ? node : null;
  }

  // A page with notifications has this script twice: above its content, and in the script of all live pages.
  if (!box || Timely.notices || !document.addEventListener || !window.JSON) { return; }
  document.addEventListener("click", function (click) {
    var row = click.target.getAttribute && click.target.getAttribute("data-dismiss") !== null ? rowOf(click.target) : null;
    var main = document.getElementById("main");
    if (!row) { return; }
    gone.push(row.getAttribute("data-row"));
    write();
    tidy();
    // The focused button is gone with its row: move the focus to the main content.
    if (main && main.focus) { main.focus(); }
  }, false);

  Timely.notices = { tidy: tidy };
  tidy();
}(window.Timely));
