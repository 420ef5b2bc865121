/* The light and the voice: says how fresh the page is, and reads changes out politely. */
(function (Timely) {
  "use strict";
  var SPEAK_EVERY = 4000;
  var own = null, startedAt = 0, shownState = "", waiting = [], spokenAt = 0, speakTimer = 0;

  function now() { return new Date().getTime(); }

  function clock(time) {
    var at = new Date(time), hours = at.getHours(), minutes = at.getMinutes();
    return (hours < 10 ? "0" : "") + hours + ":" + (minutes < 10 ? "0" : "") + minutes;
  }

  /* The words stand in the page, one attribute for each state; "{}" is where the number goes. */
  function show(light, state) {
    var words = light.getAttribute("data-" + state), ago = light.getAttribute("data-ago"), heardAt = own.heardAt();
    var parts = light.getElementsByTagName("span"), age = Math.floor((now() - heardAt) / 1000);
    if (state !== light.getAttribute("data-now")) { light.setAttribute("data-now", state); }
    light.removeAttribute("hidden");
    parts[0].textContent = words.replace("{}", clock(heardAt || startedAt));
    if (isOut()) { parts[0].textContent = light.getAttribute("data-out"); }
    parts[1].textContent = state === "live" ? ago.replace("{}", String(Math.max(0, age))) : "";
  }

  /* An organiser's page is not kept up for somebody who is signed out; a public one is. */
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

  /* Read out by a screen reader: what came together is said together, and never more often than every few seconds. */
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
    // *of* is what Timely.live gave.
    start: function (of) {
      own = of;
      startedAt = now();
      draw();
      setInterval(draw, 1000);
    }
  };
}(window.Timely));
