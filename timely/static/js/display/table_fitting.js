/* Table fitting of a display: rows that fill the height, in the largest font in which names are whole. */
(function (Timely) {
  "use strict";
  // Minimum width of a name in a table, in em: a dozen letters on each of two lines.
  var NAME = 8.5;
  // Font size as a share of the screen's width that is large enough from afar: no name wraps for a larger one.
  var MOST_NEEDED = 0.038;
  var patch = Timely.patch, display = Timely.display;

  /* Tables beside each other, which share one font size. */
  function TableFitting(boards, screen, height) {
    this.laid = boards.map(function (board) { return layOut(board, screen, height); });
  }

  /* Shows the rows of this screen, without measuring. */
  function showRows(board, screen) {
    var rows = display.rowsIn(board), end = Math.min(rows.length, screen.from + screen.size);
    rows.forEach(function (one, i) {
      display.setOff(one, i < screen.from || i >= end);
      patch.setClass(one, "is-last", i === end - 1);
    });
  }

  /* Shows the rows of this screen and stretches them to the height; *size* is the largest font size they allow. */
  function layOut(board, screen, height) {
    var table = board.querySelector("table"), rows = display.rowsIn(board).length, title = board.querySelector("h2");
    var end = Math.min(rows, screen.from + screen.size), room = height - (title ? title.offsetHeight : 0) - 3, row;
    showRows(board, screen);
    row = room / (Math.min(screen.size, Math.max(rows, 1)) + 0.7);
    table.style.height = Math.floor(row * (Math.max(0, end - screen.from) + 0.7)) + "px";
    return { board: board, table: table, room: room, size: Math.min(row * 0.52, window.innerHeight / 13) };
  }

  function hasRoom(one) { return one.table.offsetWidth <= one.board.clientWidth && one.table.offsetHeight <= one.room + 1; }

  function nameWidth(one) {
    var name = one.board.querySelector("tr[data-row]:not(.is-off) .team-name");
    return name ? name.offsetWidth : Infinity;
  }

  function hasWideNames(one) { return hasRoom(one) && nameWidth(one) >= parseFloat(one.table.style.fontSize) * NAME; }

  function hasWholeNames(one) {
    return hasRoom(one) && !display.all("tr:not(.is-off) .team-name bdi", one.board).some(display.isCut);
  }

  TableFitting.prototype = {
    setSize: function (size) { this.laid.forEach(function (one) { one.table.style.fontSize = size + "px"; }); },

    setWrapping: function (on) { this.laid.forEach(function (one) { patch.setClass(one.board, "is-wrapping", on); }); },

    /* True if all tables fit by this measure at the largest such size between the two. */
    shrink: function (size, least, isFit) {
      var self = this;
      display.setLargest(size, least, function (size) { self.setSize(size); }, function () { return self.laid.every(isFit); });
      return this.laid.every(isFit);
    },

    /* One line for each name while the font is large enough from afar; then two; then an ellipsis. Numbers are never
       cut: names get the width that is left. */
    fit: function () {
      var size = Math.min.apply(null, this.laid.map(function (one) { return one.size; }));
      var least = Math.max(size * 0.68, Math.min(size, window.innerHeight / 36));
      this.setWrapping(false);
      if (this.shrink(size, Math.min(MOST_NEEDED * window.innerWidth, least), hasWholeNames)) { return; }
      this.setWrapping(true);
      if (this.shrink(size * 0.85, size * 0.6, hasWholeNames)) { return; }
      this.shrink(size * 0.72, Math.min(size * 0.72, Math.max(size * 0.4, window.innerHeight / 42)), hasWideNames);
      if (!this.laid.every(hasRoom)) { this.shrink(size * 0.4, 10, hasRoom); }
    }
  };

  display.showRows = showRows;
  display.fitTables = function (boards, screen, height) { new TableFitting(boards, screen, height).fit(); };
}(window.Timely));
