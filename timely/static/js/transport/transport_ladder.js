/* Transport ladder: the order in which transports are tried, when one counts as dead, and which comes next. */
(function (Timely) {
  "use strict";
  var PROOF = 4000;          // no response for so long after a request: the transport is dead
  var SILENCE = 1.5 * Timely.heartbeat;
  var NOTHING = 8000;        // time-out for the first message
  var CLIMB = 300000;        // from a fallback the preferred transport is retried after so long
  var SELDOM = 2400000;      // longest pause between such retries, which doubles each time
  var SLEPT = 5000;          // the timer runs every second; a longer gap means that the device slept
  var rungs = [];

  function now() { return Timely.now(); }

  /* Transports in the order in which they are tried. One has name, isPossible(), and open(line), which returns
     {subscribe(request), ping(), close()} and perhaps unsubscribe(request). With isAsked it is used only where a page
     asks for it by name. */
  function addRung(rung, before) {
    var i;
    for (i = 0; i < rungs.length && rungs[i].name !== before; i += 1) { /* find the position */ }
    rungs.splice(i, 0, rung);
  }

  /* *to* has request(), opened(), closed(), acknowledged(answer), message(envelope), canLoad (whether the page
     can be fetched again). *asked* is the name of the transport to begin with. */
  function start(to, asked) {
    var at = 0, first = 0, pipe = null, isOpen = false, isProven = false, turn = 0, ticking, i;
    var heardAt = 0, openedAt = 0, steppedAt = 0, tickAt = 0, patience = CLIMB, proofTimer = 0;

    function isPossible(rung) { return !rung.isAsked && rung.isPossible(to); }

    /* The index of the next transport from *index* on that this browser supports; if there is none, of the first. */
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

    /* Acts only if the server answers: while it is down no transport is to blame. *grace* is time to reconnect to a
       server that has just restarted. */
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
        // An attempt that began only when the server came back gets its full time as well.
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

    /* The callbacks of one transport. Calls from a transport that was replaced are ignored. */
    function line(mine) {
      function guarded(act) {
        return function (value) { if (mine === turn) { act(value); } };
      }
      return {
        request: function () { return to.request(); },
        opened: guarded(function () { isOpen = true; openedAt = now(); to.opened(); subscribe(); }),
        // A connection that worked and was lost is reopened, so nothing is counted against the transport.
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

    /* After a sleep the connection may be dead: subscribes again, and reopens if there is no response. */
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
