/* The ladder: which pipe carries the messages, when it counts as dead, and which comes after it. */
window.Timely = window.Timely || {};
(function (Timely) {
  "use strict";
  var PROOF = 4000;          // no answer for so long after asking: this pipe is dead
  var SILENCE = 15000;       // heartbeats come every 10 s
  var CLIMB = 300000;        // a lower rung is left again after so long, in case the network has healed
  var rungs = [], at = 0, first = 0, pipe = null, isOpen = false, listener = null;
  var heardAt = 0, openedAt = 0, steppedAt = 0, tickAt = 0, proofTimer = 0, turn = 0;

  function now() { return new Date().getTime(); }

  function heard() {
    heardAt = now();
    clearTimeout(proofTimer);
    proofTimer = 0;
  }

  function prove(failed) {
    if (proofTimer) { return; }
    proofTimer = setTimeout(function () {
      proofTimer = 0;
      if (isOpen) { failed(); }
    }, PROOF);
  }

  function subscribe() {
    if (!pipe || !isOpen) { return; }
    pipe.subscribe(listener.request());
    prove(stepDown);
  }

  /* What a rung is given to report to. A rung that was left may still call: it is not listened to. */
  function line(mine) {
    function guarded(act) {
      return function (value) { if (mine === turn) { act(value); } };
    }
    return {
      opened: guarded(function () { isOpen = true; openedAt = now(); listener.opened(); subscribe(); }),
      closed: guarded(function () { isOpen = false; listener.closed(); }),
      upgraded: guarded(function () { pipe.ping(); prove(stepDown); }),
      acknowledged: guarded(function (answer) { heard(); listener.acknowledged(answer); }),
      message: guarded(function (envelope) { heard(); listener.message(envelope); })
    };
  }

  function open(index) {
    var old = pipe;
    pipe = null;
    clearTimeout(proofTimer);
    proofTimer = 0;
    turn += 1;
    isOpen = false;
    if (old) { old.close(); }
    at = index;
    openedAt = now();
    if (index !== first) { steppedAt = now(); }
    Timely.rung = rungs[index].name;
    pipe = rungs[index].open(line(turn));
  }

  /* The first rung from *index* on that this browser can try; the last one always can. */
  function possible(index) {
    while (index < rungs.length && !rungs[index].isPossible()) { index += 1; }
    return index < rungs.length ? index : first;
  }

  function stepDown() { open(possible(at + 1)); }

  function reopen() { open(at); }

  /* Asks the server itself. While it is down no rung is at fault, and there is nothing to step down from. */
  function stepDownIfServerAnswers() {
    var request = new XMLHttpRequest(), mine = turn, asked = now();
    request.open("GET", "/healthz?" + asked, true);
    request.onreadystatechange = function () {
      if (request.readyState !== 4 || request.status !== 200) { return; }
      // A server that has just come back is given the time in which the pipe finds it again.
      setTimeout(function () { if (mine === turn && heardAt < asked) { stepDown(); } }, PROOF);
    };
    request.send(null);
  }

  function tick() {
    var time = now();
    if (tickAt && time - tickAt > 5000) { wake(); openedAt = time; }
    tickAt = time;
    if (time - Math.max(heardAt, openedAt) > SILENCE) {
      openedAt = time;
      stepDownIfServerAnswers();
    }
    if (at > first && time - steppedAt > CLIMB) { open(first); }
  }

  /* After a sleep nothing is believed: asked for what was missed, and opened anew where no answer comes. */
  function wake() {
    if (!pipe || !isOpen) { return; }
    openedAt = now();
    clearTimeout(proofTimer);
    proofTimer = 0;
    pipe.subscribe(listener.request());
    prove(reopen);
  }

  /* *to* has request(), opened(), closed(), acknowledged(answer), message(envelope). */
  function start(to) {
    var asked = /[?&]transport=(\w+)/.exec(location.search), i;
    listener = to;
    first = possible(0);
    for (i = 0; asked && i < rungs.length; i += 1) {
      if (rungs[i].name === asked[1] && rungs[i].isPossible()) { first = i; }
    }
    open(first);
    setInterval(tick, 1000);
  }

  /* Rungs stand in the order in which they are tried. A rung has name, isPossible(), and open(line), which
     gives {subscribe(request), ping(), close()}. */
  function addRung(rung, before) {
    var i;
    for (i = 0; i < rungs.length && rungs[i].name !== before; i += 1) { /* to its place */ }
    rungs.splice(i, 0, rung);
  }

  Timely.transport = { start: start, subscribe: subscribe, wake: wake, addRung: addRung };
}(window.Timely));
