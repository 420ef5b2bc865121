/* Timetable progress: polls a scheduling job, shows its percentage, and reloads the page when it is done. */
(function () {
  "use strict";
  var EVERY = 300, TIME_OUT = 10000, places, i;

  function show(root, percent) {
    var bar = root.querySelector("progress"), words = root.querySelector("[data-percent]");
    if (bar) { bar.setAttribute("value", String(percent)); }
    if (words) { words.textContent = percent + " %"; }
  }

  /* An unreadable response counts as none. */
  function read(text) {
    try { return JSON.parse(text); } catch (fault) { return null; }
  }

  /* After an error the page is reloaded, and says what is wrong; without a response it polls again. */
  function poll(root) {
    var request = new XMLHttpRequest(), isOver = false, late;
    function heard(status, text) {
      var said = status === 200 ? read(text) : null;
      if (isOver) { return; }
      isOver = true;
      clearTimeout(late);
      if (said && said.is_over || status >= 400) { location.reload(); return; }
      if (said) { show(root, Number(said.percent) || 0); }
      setTimeout(function () { poll(root); }, EVERY);
    }
    late = setTimeout(function () { heard(0, ""); request.abort(); }, TIME_OUT);
    request.open("GET", root.getAttribute("data-progress"), true);
    request.onreadystatechange = function () {
      if (request.readyState === 4) { heard(request.status, request.responseText); }
    };
    request.send(null);
  }

  if (!window.XMLHttpRequest || !window.JSON || !document.querySelectorAll) { return; }
  places = document.querySelectorAll("[data-progress]");
  for (i = 0; i < places.length; i += 1) { poll(places[i]); }
}());
