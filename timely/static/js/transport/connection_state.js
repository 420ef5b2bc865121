/* Connection state, from the age of the last message: connecting, live, reconnecting or stale. */
(function (Timely) {
  "use strict";
  var FRESH = 1.5 * Timely.heartbeat, LOST = 3 * Timely.heartbeat, FLAP = 1500;
  var SLEPT = 5000, ASKING = 4000;  // after a sleep or a clock change: time to ask before "stale" is shown

  function now() { return Timely.now(); }

  /* *changed(state)* is called with each new state. */
  Timely.freshness = function (changed) {
    var heardAt = 0, startedAt = now(), closedAt = 0, isDoubted = false, state = "", tickAt = 0, leaptAt = 0, ticking;

    function stateAt(time) {
      var age = time - (heardAt || startedAt);
      if (heardAt && age < FRESH && !isDoubted && !(closedAt && time - closedAt > FLAP)) { return "live"; }
      if (age >= LOST && !(leaptAt && time - leaptAt < ASKING)) { return "stale"; }
      return heardAt ? "reconnecting" : "connecting";
    }

    function tick() {
      var time = now(), next;
      if (tickAt && time - tickAt > SLEPT) { leaptAt = time; }
      tickAt = time;
      next = stateAt(time);
      if (next !== state) {
        state = next;
        changed(state);
      }
    }

    ticking = setInterval(tick, 1000);
    return {
      tick: tick,
      state: function () { return state || "connecting"; },
      // In wall-clock time, because the page shows it.
      heardAt: function () { return heardAt && new Date().getTime() - (now() - heardAt); },
      heard: function () {
        heardAt = now();
        isDoubted = false;
        closedAt = 0;
        if (state !== "live") { tick(); }
      },
      // After a sleep: live only once a message has come, unless the last one is recent.
      doubt: function () { isDoubted = now() - heardAt >= FRESH; tick(); },
      closed: function () { closedAt = closedAt || now(); },
      stop: function () { clearInterval(ticking); }
    };
  };
}(window.Timely));
