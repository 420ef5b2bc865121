/* The other language of a display: after a whole turn of its screens the page is fetched in that one. */
(function (Timely) {
  "use strict";
  // Milliseconds for which a language stays at least, however few screens there are and whoever presses a key.
  var STAY = 20000;
  var display = Timely.display, changedAt = Timely.now();

  /* True if it is the turn of the other language, whose page shows itself; *show* is called if it does not come. */
  display.changeLanguage = function (show) {
    var page = display.first("[data-other-language]"), time = Timely.now();
    if (!page || time - changedAt < STAY) { return false; }
    changedAt = time;
    Timely.pageRefresh.moveTo(page.getAttribute("data-other-language"), function () { show(); });
    return true;
  };
}(window.Timely));
