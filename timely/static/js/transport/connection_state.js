/* How true a page is, told by what has arrived: connecting, live, reconnecting or stale. */
(function (Timely) {
  "use strict";
  var FRESH = 15000, LOST = 30000, FLAP = 1500;
  var SLEPT = 5000, ASKING = 4000;  // a clock that leaps is a sleep or was set: the server is asked before the worst is said

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
      // By the clock as it is now: the page says it to people.
      heardAt: function () { return heardAt && new Date().getTime() - (now() - heardAt); },
      heard: function () {
        heardAt = now();
        isDoubted = false;
        closedAt = 0;
        if (state !== "live") { tick(); }
      },
      // Just awake: live only once something has come, unless the last word is fresh.
      doubt: function () { isDoubted = now() - heardAt >= FRESH; tick(); },
      closed: function () { closedAt = closedAt || now(); },
      stop: function () { clearInterval(ticking); }
    };
  };
}(window.Timely));
