/* Session check: every open page says so if its user has signed out or changed, and keeps what is typed. */
window.Timely = window.Timely || {};
(function (Timely) {
  "use strict";
  var KEY = "timely-user", EVERY = 15000, TIMEOUT = 6000, SOON = [300, 1500, 4000];
  var box = document.querySelector("[data-session]"), user = box ? box.getAttribute("data-user") : "";
  var askedAt = 0, shown = "";

  /* Calls done(status, answer) once; the status is 0 if there was no response in time. */
  function request(done) {
    var http = new XMLHttpRequest(), isOver = false, timer;
    function finish(status, text) {
      var answer = null;
      if (isOver) { return; }
      isOver = true;
      clearTimeout(timer);
      try { answer = JSON.parse(text); } catch (fault) { /* not a response of Timely's */ }
      done(status, answer);
    }
    askedAt = new Date().getTime();
    http.open("GET", box.getAttribute("data-session") + "?" + askedAt, true);
    http.onreadystatechange = function () {
      if (http.readyState === 4) { finish(http.status, http.responseText); }
    };
    timer = setTimeout(function () {
      finish(0, "");
      http.abort();
    }, TIMEOUT);
    try { http.send(null); } catch (fault) { finish(0, ""); }
  }

  function show(state) {
    var text = document.createElement("span"), link = document.createElement("a");
    if (state === shown) { return; }
    shown = state;
    box.textContent = "";
    Timely.isSignedOut = state !== "";
    document.body.className = (" " + document.body.className + " ").replace(" is-signed-out ", " ").replace(/^\s+|\s+$/g, "");
    if (state === "") {
      box.setAttribute("hidden", "");
    } else {
      text.textContent = box.getAttribute("data-" + state) + " ";
      link.textContent = box.getAttribute("data-link");
      link.href = box.getAttribute("data-href");
      box.appendChild(text);
      box.appendChild(link);
      box.removeAttribute("hidden");
      document.body.className += " is-signed-out";
    }
    if (Timely.statusIndicator) { Timely.statusIndicator.draw(); }
  }

  /* Gives forms of an earlier session the CSRF token of the new one of the same user. */
  function renew(token) {
    var fields = document.querySelectorAll("input[name=csrf_token]"), i;
    for (i = 0; token && i < fields.length; i += 1) { fields[i].value = token; }
  }

  function compare(status, answer) {
    var current = answer && answer.user_id ? String(answer.user_id) : "";
    if (status !== 200 || !answer) { return; }
    if (current === user) {
      if (shown !== "") { renew(answer.token); }
      show("");
    } else {
      show(current === "" ? "out" : "other");
    }
  }

  function check() { request(compare); }

  /* Several times, because the log-in of the other tab may not be complete yet. */
  function checkSoon() {
    var i;
    for (i = 0; i < SOON.length; i += 1) { setTimeout(check, SOON[i]); }
  }

  function remember(word) {
    try {
      if (window.localStorage.getItem(KEY) !== word) { window.localStorage.setItem(KEY, word); }
    } catch (fault) { /* Other tabs notice at their next check. */ }
  }

  function awake() { if (!document.hidden && new Date().getTime() - askedAt > 2000) { check(); } }

  if (!box || !window.JSON || !window.XMLHttpRequest || !document.addEventListener) { return; }
  remember(user);
  window.addEventListener("storage", function (change) { if (change.key === KEY) { checkSoon(); } }, false);
  document.addEventListener("visibilitychange", awake, false);
  window.addEventListener("pageshow", function (page) { if (page.persisted) { check(); } }, false);
  document.addEventListener("submit", function (sent) {
    if (sent.target.getAttribute("data-signs-out") !== null) { remember(""); }
  }, false);
  setInterval(function () { if (!document.hidden) { check(); } }, EVERY);
  Timely.session = { request: request, check: check, user: user };
}(window.Timely));
