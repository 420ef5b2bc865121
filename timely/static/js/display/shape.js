/* Shape of a display: what its fitting depends on, as text. Figures of one width are alike, so most updates fit as they are. */
(function (Timely) {
  "use strict";
  // Around the screens: each takes height from them.
  var AROUND = [".display-head", "[data-hall]", "[data-band]"];
  var display = Timely.display;

  /* All digits are of one width (tabular figures); a highlight changes none. */
  function plain(text) { return text.replace(/[0-9]/g, "0").replace(/ ?is-changed/g, ""); }

  function stateOf(element) { return (element.getAttribute("class") || "") + (element.getAttribute("hidden") === null ? "" : " hidden"); }

  /* The texts of an element, and which of its elements are shown and how. */
  function partOf(element) {
    return element ? plain(element.textContent + display.all("*", element).concat(element).map(stateOf).join(",")) : "";
  }

  /* The different cells of each column, however often and in which order: they decide the widths. */
  function tableOf(board, screen) {
    var found = {}, shapes = [], shape;
    display.rowsIn(board).slice(screen.from, screen.from + screen.size).forEach(function (row) {
      var states = plain(row.className.replace(/is-(off|last)/g, "")).split(" ").sort().join(" "), i;
      for (i = 0; i < row.cells.length; i += 1) { found[i + states + plain(row.cells[i].textContent)] = true; }
    });
    for (shape in found) { shapes.push(shape); }
    return shapes.sort().join("\n");
  }

  /* Of the screen that is shown, with all that is around it. */
  display.shapeOf = function (screen) {
    var boards = screen.boards || [], parts = [window.innerWidth, window.innerHeight, screen.from, screen.size];
    AROUND.forEach(function (selector) { parts.push(partOf(display.first(selector))); });
    boards.forEach(function (board) { parts.push(tableOf(board, screen)); });
    if (boards.length) { parts.push(partOf(display.first("[data-side]"))); }
    parts.push(partOf(screen.games), partOf(screen.news));
    return parts.join("\n");
  };
}(window.Timely));
