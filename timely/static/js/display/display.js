/* Display for projectors: screens that take turns, rows that fill the height, a clock, urgent announcements. */
(function (Timely) {
  "use strict";
  var TURN = 12000, MOST_ROWS = 12, MOST_GAMES = 9, SMALL_TABLE = 6, NOTICES = 0.34;
  // Minimum width of a name in a table, in em: a dozen letters on each of two lines.
  var NAME = 8.5;
  // Font size as a share of the screen's width that is large enough from afar: no name wraps for a larger one.
  var MOST_NEEDED = 0.038;
  var patch = Timely.patch, at = 0, turns = 0, timer = 0;

  function first(selector) { return document.querySelector(selector); }

  function all(selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); }

  function off(element, isOff) { if (element) { patch.setClass(element, "is-off", isOff); } }

  function rowsIn(element) { return all("[data-row]:not([hidden])", element); }

  /* The bottom in the final layout; getBoundingClientRect would include a running animation. */
  function bottomOf(element) {
    var bottom = element.offsetHeight, node = element;
    while (node) {
      bottom += node.offsetTop + (node === element ? 0 : node.clientTop);
      node = node.offsetParent;
    }
    return bottom;
  }

  /* The screens for the tables: small tables share one, a long table is split evenly over several. */
  function tableScreens(boards) {
    var screens = [], small = true, i, rows, parts, size, k;
    for (i = 0; i < boards.length; i += 1) { if (rowsIn(boards[i]).length > SMALL_TABLE) { small = false; } }
    if (boards.length > 1 && small) {
      size = boards.length === 2 ? 2 : 4;
      for (i = 0; i < boards.length; i += size) { screens.push({ boards: boards.slice(i, i + size), from: 0, size: MOST_ROWS }); }
      return screens;
    }
    for (i = 0; i < boards.length; i += 1) {
      rows = rowsIn(boards[i]).length;
      parts = Math.max(1, Math.ceil(rows / MOST_ROWS));
      size = Math.ceil(rows / parts);
      for (k = 0; k < parts; k += 1) { screens.push({ boards: [boards[i]], from: k * size, size: size, isPart: parts > 1 }); }
    }
    return screens;
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

  /* In portrait there is no room beside a table: current and next games have a screen of their own. */
  function isUpright() { return window.innerHeight > window.innerWidth; }

  function hasRows(board) { return rowsIn(board).length > 0; }

  function screensNow() {
    var screens = tableScreens(all("[data-board='']").filter(hasRows)), games = first("[data-games]"), news = first("[data-news]");
    screens = screens.concat(tableScreens(all("[data-board=places]:not([hidden])")), bracketScreens());
    if (games && rowsIn(games).length > (screens.length && !isUpright() ? 3 : 0)) { screens.push({ games: games }); }
    if (news && rowsIn(news).length) { screens.push({ news: news }); }
    return screens;
  }

  /* Sets the largest size that fits, from *size* down to *least* in steps of 5 %, by binary search: measuring is
     slow, and this takes five measurements instead of twenty. */
  function fitted(size, least, set, fits) {
    var tight = 0, loose = Math.ceil(Math.log(least / size) / Math.log(0.95)), middle;
    set(size);
    if (!(size > least) || fits()) { return; }
    while (loose - tight > 1) {
      middle = Math.floor((tight + loose) / 2);
      set(size * Math.pow(0.95, middle));
      if (fits()) { loose = middle; } else { tight = middle; }
    }
    set(size * Math.pow(0.95, loose));
  }

  /* Sets the largest font size at which the element fits. */
  function shrink(element, size, least, fits) {
    fitted(size, least, function (size) { element.style.fontSize = size + "px"; }, fits);
  }

  /* Shows the rows of this screen and stretches them to the height; returns the largest font size they allow. */
  function layOut(board, screen, height) {
    var table = board.querySelector("table"), rows = rowsIn(board), title = board.querySelector("h2"), i, shown = 0, room, row;
    for (i = 0; i < rows.length; i += 1) {
      off(rows[i], i < screen.from || i >= screen.from + screen.size);
      patch.setClass(rows[i], "is-last", i === Math.min(rows.length, screen.from + screen.size) - 1);
      shown += i >= screen.from && i < screen.from + screen.size ? 1 : 0;
    }
    room = height - (title ? title.offsetHeight : 0) - 3;
    row = room / (Math.min(screen.size, Math.max(rows.length, 1)) + 0.7);
    table.style.height = Math.floor(row * (shown + 0.7)) + "px";
    return { board: board, table: table, room: room, size: Math.min(row * 0.52, window.innerHeight / 13) };
  }

  function isCut(name) { return name.scrollWidth > name.clientWidth + 1 || name.scrollHeight > name.clientHeight + 1; }

  function widthOf(laid) {
    var name = laid.board.querySelector("tr[data-row]:not(.is-off) .team-name");
    return name ? name.offsetWidth : Infinity;
  }

  /* Boards beside each other share one font size. Numbers are never cut: names get the width that is left. */
  function fitBoards(boards, screen, height) {
    var laid = boards.map(function (board) { return layOut(board, screen, height); });
    var size = Math.min.apply(null, laid.map(function (one) { return one.size; }));
    function set(size) { laid.forEach(function (one) { one.table.style.fontSize = size + "px"; }); }
    function everyOne(is) { return laid.every(is); }
    function hasRoom(one) { return one.table.offsetWidth <= one.board.clientWidth && one.table.offsetHeight <= one.room + 1; }
    function isRoomy(one) { return hasRoom(one) && widthOf(one) >= parseFloat(one.table.style.fontSize) * NAME; }
    function isWhole(one) { return hasRoom(one) && !all("tr:not(.is-off) .team-name bdi", one.board).some(isCut); }
    function fit(from, to, is) {
      fitted(from, to, set, function () { return everyOne(is); });
      return everyOne(is);
    }
    function wrap(on) { laid.forEach(function (one) { patch.setClass(one.board, "is-wrapping", on); }); }
    // One line for each name while the font is large enough from afar; then two; then an ellipsis.
    wrap(false);
    if (fit(size, Math.min(MOST_NEEDED * window.innerWidth, Math.max(size * 0.68, Math.min(size, window.innerHeight / 36))), isWhole)) { return; }
    wrap(true);
    if (fit(size * 0.85, size * 0.6, isWhole)) { return; }
    fit(size * 0.72, Math.min(size * 0.72, Math.max(size * 0.4, window.innerHeight / 42)), isRoomy);
    if (!everyOne(hasRoom)) { fit(size * 0.4, 10, hasRoom); }
  }

  /* Hides rows that would be cut off at the bottom, and cards without rows. */
  function cut(box, bottom) {
    rowsIn(box).forEach(function (row) {
      off(row, false);
      off(row, bottomOf(row) > bottom + 1);
    });
    all("[data-box]", box).forEach(function (card) { off(card, rowsIn(card).every(function (row) { return /is-off/.test(row.className); })); });
  }

  function fitSide(side, stage) {
    var base = parseFloat(window.getComputedStyle(document.body).fontSize), bottom = stage.getBoundingClientRect().bottom;
    all(".is-off", side).forEach(function (element) { off(element, false); });
    shrink(side, base * 1.25, base * 0.85, function () {
      var must = rowsIn(side).slice(0, rowsIn(side.querySelector(".is-now")).length + 2);
      return must.every(function (row) { return bottomOf(row) <= bottom; });
    });
    cut(side, bottom);
  }

  function fitGames(games, stage) {
    var base = parseFloat(window.getComputedStyle(document.body).fontSize), rows, size;
    rowsIn(games).forEach(function (row, i) { off(row, i >= MOST_GAMES); });
    rows = rowsIn(games).slice(0, MOST_GAMES);
    all(".fixtures", games).forEach(function (list) {
      list.style.flexGrow = String(rowsIn(list).filter(function (row) { return rows.indexOf(row) >= 0; }).length);
      list.style.flexBasis = "0px";
    });
    size = Math.min(base * 1.5, stage.clientHeight / rows.length / (isUpright() ? 3.4 : 2.1));
    games.style.maxHeight = Math.min(stage.clientHeight, rows.length * base * (isUpright() ? 5.2 : 4.4)) + "px";
    function hasRoom() { return games.scrollHeight <= games.clientHeight + 1; }
    function isWhole() { return hasRoom() && !all(".side-name bdi", games).some(isCut); }
    patch.setClass(games, "is-wrapping", false);
    shrink(games, size, Math.min(size, base * 1.05), isWhole);
    if (isWhole()) { return; }
    patch.setClass(games, "is-wrapping", true);
    shrink(games, size, Math.min(size, base * 0.9), isWhole);
    if (!hasRoom()) { shrink(games, size, base * 0.7, hasRoom); }
  }

  function fitNews(news, stage) {
    rowsIn(news).forEach(function (row) { off(row, false); });
    shrink(news, stage.clientHeight / 10, stage.clientHeight / 36, function () { return news.scrollHeight <= stage.clientHeight; });
    cut(news, stage.getBoundingClientRect().bottom);
  }

  function showBand() {
    var band = first("[data-band]"), rows = rowsIn(band), urgent, i;
    urgent = rows.filter(function (row) { return /is-urgent/.test(row.className); });
    patch.setClass(document.body, "is-urgent-now", urgent.length > 0);
    if (urgent.length) { rows.forEach(function (row) { off(row, urgent.indexOf(row) < 0); }); }
    for (i = 0; !urgent.length && i < rows.length; i += 1) { off(rows[i], i !== turns % rows.length); }
    if (urgent.length) {
      urgent.forEach(function (row, k) { off(row, k !== turns % urgent.length); });
      shrink(band, window.innerHeight / 20, 14, function () { return band.scrollHeight <= band.clientHeight + 1; });
    } else { band.style.fontSize = ""; }
  }

  /* At most two: urgent ones take turns on top, the others below. */
  function noticesNow(rows) {
    var urgent = rows.filter(function (row) { return /is-urgent/.test(row.className); }), found = [];
    var others = rows.filter(function (row) { return urgent.indexOf(row) < 0; });
    if (urgent.length) { found.push(urgent[turns % urgent.length]); }
    if (others.length) { found.push(others[turns % others.length]); }
    return found;
  }

  /* Above the screens, in the largest font at which they take at most a third of the height. */
  function showNotices() {
    var box = first("[data-hall]"), rows = rowsIn(box), shown = noticesNow(rows), most = window.innerHeight * NOTICES;
    function fits() { return box.offsetHeight <= most; }
    function fit() { shrink(box, window.innerHeight / 26, window.innerHeight / 36, fits); }
    rows.forEach(function (row) { off(row, shown.indexOf(row) < 0); });
    if (!shown.length) { return; }
    fit();
    if (!fits() && shown.length > 1) {
      off(shown[1], true);
      fit();
    }
    if (!fits()) { shrink(box, window.innerHeight / 38, 12, fits); }
  }

  function fitName() {
    var name = first(".display-head h1");
    name.style.fontSize = "";
    shrink(name, parseFloat(window.getComputedStyle(name).fontSize), window.innerHeight / 32, function () {
      return name.scrollWidth <= name.clientWidth;
    });
  }

  function show() {
    var screens = screensNow(), stage = first("[data-stage]"), side = first("[data-side]"), screen, boards, title, height, lines;
    if (!stage) { return; }
    fitName();
    showBand();
    showNotices();
    at = screens.length ? at % screens.length : 0;
    screen = screens[at] || {};
    patch.setHidden(first("[data-nothing]"), screens.length > 0);
    boards = screen.boards || [];
    all("[data-board]").forEach(function (board) { off(board, boards.indexOf(board) < 0); });
    off(first("[data-boards]"), !boards.length);
    off(first("[data-games]"), !screen.games);
    all("[data-knockout]").forEach(function (bracket) { off(bracket, bracket !== screen.bracket); });
    off(first("[data-news]"), !screen.news);
    // Announcements that fill the screen are not repeated at its bottom.
    off(first("[data-band]"), !!screen.news && !/is-urgent-now/.test(document.body.className));
    off(side, boards.length !== 1 || isUpright() || !rowsIn(side).length);
    patch.setClass(stage, "is-shared", boards.length > 1);
    title = screen.games || screen.news || screen.bracket || boards[0];
    patch.say(first("[data-screen-title]"), title && boards.length < 2 ? title.getAttribute("data-title") +
      (screen.isPart ? " " + (screen.from + 1) + "–" + Math.min(screen.from + screen.size, rowsIn(title).length) : "") : "");
    if (boards.length === 1 && !isUpright() && rowsIn(side).length) { fitSide(side, stage); }
    lines = isUpright() ? boards.length : Math.ceil(boards.length / 2);
    height = lines > 1 ? (stage.clientHeight - stage.clientHeight / 30 * (lines - 1)) / lines : stage.clientHeight;
    boards.forEach(function (board, i) {
      patch.setClass(board, "is-right", isUpright() || i % 2 === 1);
      patch.setClass(board, "is-low", isUpright() ? i === lines - 1 : boards.length < 3 || i > 1);
    });
    if (boards.length) { fitBoards(boards, screen, height); }
    if (screen.games) { fitGames(screen.games, stage); }
    if (screen.news) { fitNews(screen.news, stage); }
  }

  function turn() {
    at += 1;
    turns += 1;
    show();
  }

  /* The time at the event, whatever the computer's time zone: data-clock has the offsets from UTC and their starts. */
  function clock() {
    var face = first("[data-clock]"), now = new Date(), changes, i, ahead, hours, minutes;
    if (!face) { return; }
    changes = JSON.parse(face.getAttribute("data-clock"));
    for (i = 0; i < changes.length; i += 1) { if (!i || changes[i][0] * 1000 <= now.getTime()) { ahead = changes[i][1]; } }
    now = new Date(now.getTime() + ahead * 60000);
    hours = now.getUTCHours();
    minutes = now.getUTCMinutes();
    face.textContent = (hours < 10 ? "0" : "") + hours + ":" + (minutes < 10 ? "0" : "") + minutes;
  }

  /* Keeps the screen on; browsers allow it on https and on localhost, such as the laptop with the projector. */
  function stayAwake() {
    if (navigator.wakeLock && !document.hidden) { navigator.wakeLock.request("screen").then(null, function () { return null; }); }
  }

  Timely.shown = show;
  clock();
  show();
  patch.setClass(document.body, "is-laid", true);
  setInterval(clock, 1000);
  timer = setInterval(turn, TURN);
  window.addEventListener("resize", show, false);
  document.addEventListener("visibilitychange", stayAwake, false);
  document.addEventListener("keydown", function (key) {
    if (key.keyCode === 39 || key.keyCode === 32) {
      clearInterval(timer);
      timer = setInterval(turn, TURN);
      turn();
    }
  }, false);
  stayAwake();
}(window.Timely));
