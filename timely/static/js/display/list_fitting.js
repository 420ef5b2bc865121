/* List fitting of a display: games beside a table, the screen of games, and the screen of announcements. */
(function (Timely) {
  "use strict";
  var MOST_GAMES = 9;
  var patch = Timely.patch, display = Timely.display, rowsIn = display.rowsIn;

  /* Large enough to read, as long as current games and the next two fit. */
  function fitSide(side, stage) {
    var base = display.fontSizeOf(document.body), bottom = stage.getBoundingClientRect().bottom;
    display.all(".is-off", side).forEach(function (element) { display.setOff(element, false); });
    display.shrink(side, base * 1.25, base * 0.85, function () {
      var must = rowsIn(side).slice(0, rowsIn(side.querySelector(".is-now")).length + 2);
      return must.every(function (row) { return display.bottomOf(row) <= bottom; });
    });
    display.hideOverflow(side, bottom);
  }

  /* Stretches the lists of games to the height, each by its number of rows, and returns how many rows there are. */
  function layOutGames(games, stage, base) {
    var rows = rowsIn(games).slice(0, MOST_GAMES);
    rowsIn(games).forEach(function (row, i) { display.setOff(row, i >= MOST_GAMES); });
    display.all(".fixtures", games).forEach(function (list) {
      list.style.flexGrow = String(rowsIn(list).filter(function (row) { return rows.indexOf(row) >= 0; }).length);
      list.style.flexBasis = "0px";
    });
    games.style.maxHeight = Math.min(stage.clientHeight, rows.length * base * (display.isPortrait() ? 5.2 : 4.4)) + "px";
    return rows.length;
  }

  /* One line for each name if the font is large enough then, else two. */
  function fitGames(games, stage) {
    var base = display.fontSizeOf(document.body), count = layOutGames(games, stage, base);
    var size = Math.min(base * 1.5, stage.clientHeight / count / (display.isPortrait() ? 3.4 : 2.1));
    function hasRoom() { return games.scrollHeight <= games.clientHeight + 1; }
    function hasWholeNames() { return hasRoom() && !display.all(".side-name bdi", games).some(display.isCut); }
    patch.setClass(games, "is-wrapping", false);
    display.shrink(games, size, Math.min(size, base * 1.05), hasWholeNames);
    if (hasWholeNames()) { return; }
    patch.setClass(games, "is-wrapping", true);
    display.shrink(games, size, Math.min(size, base * 0.9), hasWholeNames);
    if (!hasRoom()) { display.shrink(games, size, base * 0.7, hasRoom); }
  }

  function fitNews(news, stage) {
    var height = stage.clientHeight;
    rowsIn(news).forEach(function (row) { display.setOff(row, false); });
    display.shrink(news, height / 10, height / 36, function () { return news.scrollHeight <= height; });
    display.hideOverflow(news, stage.getBoundingClientRect().bottom);
  }

  display.fitSide = fitSide;
  display.fitGames = fitGames;
  display.fitNews = fitNews;
}(window.Timely));
