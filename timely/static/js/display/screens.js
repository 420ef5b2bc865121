/* Screens of a display that take turns at present: tables, brackets, games, announcements. */
(function (Timely) {
  "use strict";
  var MOST_ROWS = 12, SMALL_TABLE = 6;
  var display = Timely.display, all = display.all, rowsIn = display.rowsIn;

  function isSmall(board) { return rowsIn(board).length <= SMALL_TABLE; }

  function hasRows(board) { return rowsIn(board).length > 0; }

  /* Small tables beside each other, two or four on a screen. */
  function sharedScreens(boards) {
    var screens = [], size = boards.length === 2 ? 2 : 4, i;
    for (i = 0; i < boards.length; i += size) { screens.push({ boards: boards.slice(i, i + size), from: 0, size: MOST_ROWS }); }
    return screens;
  }

  /* A long table is split evenly over several screens. */
  function screensOf(board) {
    var screens = [], rows = rowsIn(board).length, parts = Math.max(1, Math.ceil(rows / MOST_ROWS));
    var size = Math.ceil(rows / parts), i;
    for (i = 0; i < parts; i += 1) { screens.push({ boards: [board], from: i * size, size: size, isPart: parts > 1 }); }
    return screens;
  }

  function tableScreens(boards) {
    if (boards.length > 1 && boards.every(isSmall)) { return sharedScreens(boards); }
    return Array.prototype.concat.apply([], boards.map(screensOf));
  }

  function isEvery(screen, pattern) {
    return all("[data-tie]", screen).every(function (tie) { return pattern.test(" " + tie.getAttribute("class") + " "); });
  }

  /* The screens of the brackets: without the parts that are finished, and the last rounds only once they are near. */
  function bracketScreens() {
    return all("[data-knockout]").filter(function (screen) {
      var kind = screen.getAttribute("data-knockout");
      return !(kind === "part" && isEvery(screen, / is-(home|away) /)) && !(kind === "last" && isEvery(screen, / is-open-both /));
    }).map(function (screen) { return { bracket: screen }; });
  }

  /* Each has boards (with from, size, isPart: the rows that are shown), bracket, games or news. */
  function screens() {
    var found = tableScreens(all("[data-board='']").filter(hasRows));
    var games = display.first("[data-games]"), news = display.first("[data-news]");
    found = found.concat(tableScreens(all("[data-board=places]:not([hidden])")), bracketScreens());
    // Three games stand beside the tables.
    if (games && rowsIn(games).length > (found.length && !display.isPortrait() ? 3 : 0)) { found.push({ games: games }); }
    if (news && hasRows(news)) { found.push({ news: news }); }
    return found;
  }

  display.screens = screens;
}(window.Timely));
