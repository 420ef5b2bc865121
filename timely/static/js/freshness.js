/* How true a page is, told by what has arrived: connecting, live, reconnecting or stale. */
(function (Timely) {
  "use strict";
  var FRESH = 15000, LOST = 30000, FLAP = 1500;

  function now() { return new Date().getTime(); }

  /* *changed(state)* is called with each new state. */
  Timely.freshness = function (changed) {
    var heardAt = 0, startedAt = now(), closedAt = 0, isDoubted = false, state = "", ticking;

    function stateAt(time) {
      var age = time - (heardAt || startedAt);
      if (heardAt && age < FRESH && !isDoubted && !(closedAt && time - closedAt > FLAP)) { return "live"; }
      if (age >= LOST) { return "stale"; }
      return heardAt ? "reconnecting" : "connecting";
    }

    function tick() {
      var time = now(), next;
      // A clock that was set back: nothing was heard in the time to come.
      heardAt = Math.min(heardAt, time);
      startedAt = Math.min(startedAt, time);
      closedAt = Math.min(closedAt, time);
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
      heardAt: function () { return heardAt; },
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
