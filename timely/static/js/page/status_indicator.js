/* Status indicator: shows how current the page is, and announces changes to screen readers. */
(function (Timely) {
  "use strict";
  var SPEAK_EVERY = 4000;
  var own = null, startedAt = 0, shownState = "", waiting = [], spokenAt = 0, speakTimer = 0;

  function now() { return new Date().getTime(); }

  function clock(time) {
    var at = new Date(time), hours = at.getHours(), minutes = at.getMinutes();
    return (hours < 10 ? "0" : "") + hours + ":" + (minutes < 10 ? "0" : "") + minutes;
  }

  /* The texts are in the page, one attribute for each state; "{}" is replaced by the time or the age. */
  function show(light, state) {
    var words = light.getAttribute("data-" + state), ago = light.getAttribute("data-ago"), heardAt = own.heardAt();
    var parts = light.getElementsByTagName("span"), age = Math.floor((now() - heardAt) / 1000);
    if (state !== light.getAttribute("data-now")) { light.setAttribute("data-now", state); }
    light.removeAttribute("hidden");
    parts[0].textContent = words.replace("{}", clock(heardAt || startedAt));
    if (isOut()) { parts[0].textContent = light.getAttribute("data-out"); }
    parts[1].textContent = state === "live" ? ago.replace("{}", String(Math.max(0, age))) : "";
  }

  /* An organiser's page gets no updates once its user is signed out; a public page does. */
  function isOut() { return Timely.isSignedOut === true && /^\/admin\//.test(location.pathname); }

  function draw() {
    var lights = document.querySelectorAll("[data-light]"), state, i;
    if (!own) { return; }
    state = isOut() ? "stale" : own.state();
    for (i = 0; i < lights.length; i += 1) { show(lights[i], state); }
    if (lights.length && state !== shownState) {
      if (state === "stale" || shownState === "stale") { say(lights[0].getElementsByTagName("span")[0].textContent); }
      shownState = state;
    }
  }

  /* Announces a text to screen readers; texts are collected, and written at most every few seconds. */
  function say(text) {
    if (!text) { return; }
    waiting.push(text);
    clearTimeout(speakTimer);
    speakTimer = setTimeout(function () {
      var voice = document.querySelector("[data-voice]");
      spokenAt = Timely.now();
      if (voice) { voice.textContent = waiting.slice(-3).join(". "); }
      waiting = [];
    }, Math.max(150, spokenAt + SPEAK_EVERY - Timely.now()));
  }

  Timely.say = say;
  Timely.light = {
    draw: draw,
    // *of* is what Timely.live returned.
    start: function (of) {
      own = of;
      startedAt = now();
      draw();
      setInterval(draw, 1000);
    }
  };
}(window.Timely));
