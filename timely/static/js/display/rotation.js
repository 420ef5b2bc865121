/* Rotation of a display's screens: one at a time, the next after some seconds or at the press of a key. */
(function (Timely) {
  "use strict";
  var TURN = 12000;
  var patch = Timely.patch, display = Timely.display, first = display.first, setOff = display.setOff;
  var position = 0, turn = 0, timer = 0, fitted = "";

  function fitName() {
    var name = first(".display-head h1");
    name.style.fontSize = "";
    display.shrink(name, display.fontSizeOf(name), window.innerHeight / 32, function () {
      return name.scrollWidth <= name.clientWidth;
    });
  }

  /* The title, with the rows that are shown where a table takes several screens. */
  function titleOf(screen) {
    var boards = screen.boards || [], part = screen.games || screen.news || screen.bracket || boards[0], last;
    if (!part || boards.length > 1) { return ""; }
    last = screen.isPart ? Math.min(screen.from + screen.size, display.rowsIn(part).length) : 0;
    return part.getAttribute("data-title") + (screen.isPart ? " " + (screen.from + 1) + "–" + last : "");
  }

  function hideOthers(screen) {
    var boards = screen.boards || [];
    display.all("[data-board]").forEach(function (board) { setOff(board, boards.indexOf(board) < 0); });
    display.all("[data-knockout]").forEach(function (bracket) { setOff(bracket, bracket !== screen.bracket); });
    setOff(first("[data-boards]"), !boards.length);
    setOff(first("[data-games]"), !screen.games);
    setOff(first("[data-news]"), !screen.news);
    // Announcements that fill the screen are not repeated at its bottom.
    setOff(first("[data-band]"), !!screen.news && !/is-urgent-now/.test(document.body.className));
  }

  function showTables(screen, stage) {
    var isPortrait = display.isPortrait(), boards = screen.boards, side = first("[data-side]");
    var lines = isPortrait ? boards.length : Math.ceil(boards.length / 2), height = stage.clientHeight;
    if (boards.length === 1 && !isPortrait && display.rowsIn(side).length) { display.fitSide(side, stage); }
    if (lines > 1) { height = (height - height / 30 * (lines - 1)) / lines; }
    boards.forEach(function (board, i) {
      patch.setClass(board, "is-right", isPortrait || i % 2 === 1);
      patch.setClass(board, "is-low", isPortrait ? i === lines - 1 : boards.length < 3 || i > 1);
    });
    display.fitTables(boards, screen, height);
  }

  function showScreen(screen, stage) {
    var count = (screen.boards || []).length, side = first("[data-side]");
    hideOthers(screen);
    setOff(side, count !== 1 || display.isPortrait() || !display.rowsIn(side).length);
    patch.setClass(stage, "is-shared", count > 1);
    patch.setText(first("[data-screen-title]"), titleOf(screen));
    if (count) { showTables(screen, stage); }
    if (screen.games) { display.fitGames(screen.games, stage); }
    if (screen.news) { display.fitNews(screen.news, stage); }
  }

  /* Fits the current screen, which lays it out many times; after a message only if it has another shape. */
  function show(change) {
    var screens = display.screens(), stage = first("[data-stage]"), screen, key;
    if (!stage) { return; }
    position = screens.length ? position % screens.length : 0;
    screen = screens[position] || {};
    key = position + " " + screens.length + " ";
    // A page that is fetched again has lost what fitting had set.
    if (change && change.type !== "page" && fitted === key + display.shapeOf(screen)) {
      (screen.boards || []).forEach(function (board) { display.showRows(board, screen); });
      return;
    }
    fitName();
    display.showBand(turn);
    display.showNotices(turn);
    patch.setHidden(first("[data-nothing]"), screens.length > 0);
    showScreen(screen, stage);
    fitted = key + display.shapeOf(screen);
  }

  function showNext() {
    position += 1;
    turn += 1;
    if (position < display.screens().length || !display.changeLanguage(show)) { show(); }
  }

  /* Keeps the screen on; browsers allow it on https and on localhost, such as the laptop with the projector. */
  function stayAwake() {
    if (navigator.wakeLock && !document.hidden) { navigator.wakeLock.request("screen").then(null, function () { return null; }); }
  }

  Timely.pageChanged = show;
  show();
  patch.setClass(document.body, "is-laid", true);
  timer = setInterval(showNext, TURN);
  window.addEventListener("resize", function () { show(); }, false);
  document.addEventListener("visibilitychange", stayAwake, false);
  document.addEventListener("keydown", function (key) {
    if (key.keyCode === 39 || key.keyCode === 32) {
      clearInterval(timer);
      timer = setInterval(showNext, TURN);
      showNext();
    }
  }, false);
  stayAwake();
}(window.Timely));
