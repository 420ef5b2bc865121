/* Clock of a display: the time at the event, whatever the computer's time zone. */
(function (Timely) {
  "use strict";

  function twoDigits(number) { return (number < 10 ? "0" : "") + number; }

  /* data-clock has the offsets from UTC and their starts. */
  function show() {
    var face = Timely.display.first("[data-clock]"), now = new Date(), changes, i, ahead, local;
    if (!face) { return; }
    changes = JSON.parse(face.getAttribute("data-clock"));
    for (i = 0; i < changes.length; i += 1) { if (!i || changes[i][0] * 1000 <= now.getTime()) { ahead = changes[i][1]; } }
    local = new Date(now.getTime() + ahead * 60000);
    face.textContent = twoDigits(local.getUTCHours()) + ":" + twoDigits(local.getUTCMinutes());
  }

  show();
  setInterval(show, 1000);
}(window.Timely));
