/* The light and the voice: says how fresh the page is, by what has arrived, and reads changes out politely. */
(function (Timely) {
  "use strict";
  var FRESH = 15000, LOST = 30000, FLAP = 1500, SPEAK_EVERY = 4000;
  var heardAt = 0, startedAt = 0, closedAt = 0, isDoubted = false, shownState = "";
  var waiting = [], spokenAt = 0, speakTimer = 0;

  function now() { return new Date().getTime(); }

  function clock(time) {
    var at = new Date(time), hours = at.getHours(), minutes = at.getMinutes();
    return (hours < 10 ? "0" : "") + hours + ":" + (minutes < 10 ? "0" : "") + minutes;
  }

  function stateAt(time) {
    var age = time - (heardAt || startedAt);
    if (heardAt && age < FRESH && !isDoubted && !(closedAt && time - closedAt > FLAP)) { return "live"; }
    if (age >= LOST) { return "stale"; }
    return heardAt ? "reconnecting" : "connecting";
  }

  /* The words stand in the page, one attribute for each state; "{}" is where the number goes. */
  function draw(light, state) {
    var words = light.getAttribute("data-" + state), ago = light.getAttribute("data-ago");
    var parts = light.getElementsByTagName("span"), age = Math.floor((now() - heardAt) / 1000);
    if (state !== light.getAttribute("data-now")) { light.setAttribute("data-now", state); }
    light.removeAttribute("hidden");
    parts[0].textContent = words.replace("{}", clock(heardAt || startedAt));
    parts[1].textContent = state === "live" ? ago.replace("{}", String(Math.max(0, age))) : "";
  }

  function tick() {
    var lights = document.querySelectorAll("[data-light]"), state = stateAt(now()), i;
    for (i = 0; i < lights.length; i += 1) { draw(lights[i], state); }
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
      spokenAt = now();
      if (voice) { voice.textContent = waiting.slice(-3).join(". "); }
      waiting = [];
    }, Math.max(150, spokenAt + SPEAK_EVERY - now()));
  }

  Timely.say = say;
  Timely.light = {
    start: function () { startedAt = now(); tick(); setInterval(tick, 1000); },
    heard: function () {
      var wasLive = shownState === "live";
      heardAt = now();
      isDoubted = false;
      closedAt = 0;
      if (!wasLive) { tick(); }
    },
    // Just awake: live only once something has come, unless the last word is fresh.
    doubt: function () { isDoubted = now() - heardAt >= FRESH; tick(); },
    opened: function () { tick(); },
    closed: function () { closedAt = closedAt || now(); }
  };
}(window.Timely));
