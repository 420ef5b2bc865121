/* The ladder: which pipe carries the messages, when it counts as dead, and which comes after it. */
(function (Timely) {
  "use strict";
  var PROOF = 4000;          // no answer for so long after asking: this pipe is dead
  var SILENCE = 15000;       // heartbeats come every 10 s
  var NOTHING = 8000;        // and this is long enough for a first word
  var CLIMB = 300000;        // a lower rung is left again after so long, in case the network has healed
  var SELDOM = 2400000;      // and less and less often, where it has not
  var SLEPT = 5000;          // the clock is looked at every second; a longer step was a sleep
  var rungs = [];

  function now() { return Timely.now(); }

  /* Rungs stand in the order in which they are tried. A rung has name, isPossible(), and open(line), which gives
     {subscribe(request), ping(), close()} and perhaps unsubscribe(request). One that is isAsked is never tried
     of itself. */
  function addRung(rung, before) {
    var i;
    for (i = 0; i < rungs.length && rungs[i].name !== before; i += 1) { /* to its place */ }
    rungs.splice(i, 0, rung);
  }

  /* *to* has request(), opened(), closed(), acknowledged(answer), message(envelope), canLoad (whether the page
     can be fetched anew). *asked* is the name of the rung to begin with. */
  function start(to, asked) {
    var at = 0, first = 0, pipe = null, isOpen = false, isProven = false, turn = 0, ticking, i;
    var heardAt = 0, openedAt = 0, steppedAt = 0, tickAt = 0, patience = CLIMB, proofTimer = 0;

    function isPossible(rung) { return !rung.isAsked && rung.isPossible(to); }

    /* The first rung from *index* on that this browser can try; where none is left, the first. */
    function possible(index) {
      while (index < rungs.length && !isPossible(rungs[index])) { index += 1; }
      return index < rungs.length ? index : first;
    }

    function heard() {
      heardAt = now();
      isProven = true;
      forgetProof();
    }

    function forgetProof() {
      clearTimeout(proofTimer);
      proofTimer = 0;
    }

    function stepDown() { open(possible(at + 1)); }

    function reopen() { open(at); }

    /* While the server is down no rung is at fault. One that has just come back is given time to be found. */
    function ifServerAnswers(act, grace) {
      var mine = turn, asked = now();
      Timely.ask("/healthz?" + asked, function (status) {
        if (status !== 200 || mine !== turn) { return; }
        setTimeout(function () { if (mine === turn && heardAt < asked) { act(); } }, grace);
      }, SILENCE);
    }

    function prove(failed) {
      if (proofTimer) { return; }
      proofTimer = setTimeout(function () {
        proofTimer = 0;
        // A try that has only just begun, as the server came back, is given its time as well.
        ifServerAnswers(failed, isOpen ? Math.max(0, PROOF - (now() - openedAt)) : PROOF);
      }, PROOF);
    }

    function subscribe() {
      if (!pipe || !isOpen) { return; }
      pipe.subscribe(to.request());
      prove(stepDown);
    }

    function unsubscribe(request) {
      if (pipe && isOpen && pipe.unsubscribe) { pipe.unsubscribe(request); } else { subscribe(); }
    }

    /* What a rung is given to report to. A rung that was left may still call: it is not listened to. */
    function line(mine) {
      function guarded(act) {
        return function (value) { if (mine === turn) { act(value); } };
      }
      return {
        request: function () { return to.request(); },
        opened: guarded(function () { isOpen = true; openedAt = now(); to.opened(); subscribe(); }),
        // Lost after it had worked: that proves nothing against it.
        closed: guarded(function () { isOpen = false; forgetProof(); to.closed(); }),
        failed: guarded(function () { isOpen = false; to.closed(); }),
        doubted: guarded(function () { if (isOpen) { pipe.ping(); prove(stepDown); } }),
        acknowledged: guarded(function (answer) { heard(); to.acknowledged(answer); }),
        message: guarded(function (envelope) { heard(); to.message(envelope); })
      };
    }

    function open(index) {
      var old = pipe;
      pipe = null;
      forgetProof();
      turn += 1;
      isOpen = isProven = false;
      if (old) { old.close(); }
      at = index;
      openedAt = now();
      if (index !== first) { steppedAt = openedAt; }
      Timely.rung = rungs[index].name;
      pipe = rungs[index].open(line(turn));
    }

    /* After a sleep nothing is believed: asked for what was missed, and opened anew where no answer comes. */
    function wake() {
      forgetProof();
      if (!pipe || !isOpen) { reopen(); return; }
      openedAt = now();
      pipe.subscribe(to.request());
      prove(reopen);
    }

    function tick() {
      var time = now(), slept = tickAt && time - tickAt > SLEPT;
      tickAt = time;
      if (slept && !document.hidden) { wake(); return; }
      if (time - Math.max(heardAt, openedAt) > (isProven ? SILENCE : NOTHING)) {
        openedAt = time;
        if (isProven) { ifServerAnswers(reopen, 0); } else { ifServerAnswers(stepDown, PROOF); }
      }
      if (at !== first && time - steppedAt > patience) {
        patience = Math.min(patience * 2, SELDOM);
        open(first);
      } else if (at === first && isProven && time - openedAt > CLIMB) { patience = CLIMB; }
    }

    function close() {
      clearInterval(ticking);
      forgetProof();
      turn += 1;
      if (pipe) { pipe.close(); }
      pipe = null;
    }

    first = possible(0);
    for (i = 0; asked && i < rungs.length; i += 1) {
      if (rungs[i].name === asked && rungs[i].isPossible(to)) { first = i; }
    }
    open(first);
    ticking = setInterval(tick, 1000);
    return {
      subscribe: subscribe,
      unsubscribe: unsubscribe,
      ping: function () { if (pipe && isOpen) { pipe.ping(); } },
      wake: wake,
      close: close,
      rung: function () { return rungs[at].name; }
    };
  }

  Timely.transport = { start: start, addRung: addRung };
}(window.Timely));
