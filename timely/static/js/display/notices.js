/* Announcements along the bottom of a display and notifications at its top, which take turns with each other. */
(function (Timely) {
  "use strict";
  // Notifications take at most this share of the height.
  var MOST_OF_HEIGHT = 0.34;
  var display = Timely.display;

  function showAlone(rows, shown) { rows.forEach(function (row) { display.setOff(row, shown.indexOf(row) < 0); }); }

  /* One announcement at a time, in the order of the turns; an urgent one in the largest font that fits. */
  function showBand(turn) {
    var band = display.first("[data-band]"), rows = display.rowsIn(band), urgent = rows.filter(display.isUrgent);
    var turning = urgent.length ? urgent : rows;
    Timely.patch.setClass(document.body, "is-urgent-now", urgent.length > 0);
    showAlone(rows, turning.length ? [turning[turn % turning.length]] : []);
    band.style.fontSize = "";
    if (!urgent.length) { return; }
    display.shrink(band, window.innerHeight / 20, 14, function () { return band.scrollHeight <= band.clientHeight + 1; });
  }

  /* At most two: urgent ones take turns on top, the others below. */
  function noticesAt(turn, rows) {
    var urgent = rows.filter(display.isUrgent), found = [];
    var others = rows.filter(function (row) { return urgent.indexOf(row) < 0; });
    if (urgent.length) { found.push(urgent[turn % urgent.length]); }
    if (others.length) { found.push(others[turn % others.length]); }
    return found;
  }

  /* Above the screens, in the largest font at which they take at most a third of the height. */
  function showNotices(turn) {
    var box = display.first("[data-hall]"), rows = display.rowsIn(box), shown = noticesAt(turn, rows);
    var height = window.innerHeight;
    function fits() { return box.offsetHeight <= height * MOST_OF_HEIGHT; }
    showAlone(rows, shown);
    if (!shown.length) { return; }
    display.shrink(box, height / 26, height / 36, fits);
    if (!fits() && shown.length > 1) {
      display.setOff(shown[1], true);
      display.shrink(box, height / 26, height / 36, fits);
    }
    if (!fits()) { display.shrink(box, height / 38, 12, fits); }
  }

  display.showBand = showBand;
  display.showNotices = showNotices;
}(window.Timely));
