/* Status indicator: shows how current the page is, and announces changes to screen readers. */
(function (Timely) {
  "use strict";
  var ANNOUNCE_EVERY = 4000;
  var connection = null, startedAt = 0, shownState = "", waiting = [], announcedAt = 0, announceTimer = 0;

  function now() { return new Date().getTime(); }

  function clock(time) {
    var at = new Date(time), hours = at.getHours(), minutes = at.getMinutes();
    return (hours < 10 ? "0" : "") + hours + ":" + (minutes < 10 ? "0" : "") + minutes;
  }

  /* The texts are in the page, one attribute for each state; "{}" is replaced by the time or the age. */
  function show(indicator, state) {
    var text = indicator.getAttribute("data-" + state), ago = indicator.getAttribute("data-ago"), messageAt = connection.heardAt();
    var parts = indicator.getElementsByTagName("span"), age = Math.floor((now() - messageAt) / 1000);
    if (state !== indicator.getAttribute("data-now")) { indicator.setAttribute("data-now", state); }
    Timely.patch.setHidden(indicator, false);
    if (isSignedOut()) { text = indicator.getAttribute("data-out"); }
    Timely.patch.setPlain(parts[0], text.replace("{}", clock(messageAt || startedAt)));
    Timely.patch.setPlain(parts[1], state === "live" ? ago.replace("{}", String(Math.max(0, age))) : "");
  }

  /* An organiser's page gets no updates once its user is signed out; a public page does. */
  function isSignedOut() { return Timely.isSignedOut === true && /^\/admin\//.test(location.pathname); }

  function draw() {
    var indicators = document.querySelectorAll("[data-indicator]"), state, i;
    if (!connection) { return; }
    state = isSignedOut() ? "stale" : connection.state();
    for (i = 0; i < indicators.length; i += 1) { show(indicators[i], state); }
    if (indicators.length && state !== shownState) {
      if (state === "stale" || shownState === "stale") { announce(indicators[0].getElementsByTagName("span")[0].textContent); }
      shownState = state;
    }
  }

  /* Announces a text to screen readers; texts are collected, and written at most every few seconds. */
  function announce(message) {
    if (!message) { return; }
    waiting.push(message);
    clearTimeout(announceTimer);
    announceTimer = setTimeout(function () {
      var region = document.querySelector("[data-voice]");
      announcedAt = Timely.now();
      if (region) { region.textContent = waiting.slice(-3).join(". "); }
      waiting = [];
    }, Math.max(150, announcedAt + ANNOUNCE_EVERY - Timely.now()));
  }

  Timely.announce = announce;
  Timely.statusIndicator = {
    draw: draw,
    // *live* is what Timely.live returned.
    start: function (live) {
      connection = live;
      startedAt = now();
      draw();
      setInterval(draw, 1000);
    }
  };
}(window.Timely));
