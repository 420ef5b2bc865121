/* Patch of cells: an element names the key of the row that it shows, and the script knows no columns beyond that. */
window.Timely = window.Timely || {};
(function (Timely) {
  "use strict";
  // Longer names get a title attribute, because they may be cut; the templates have the same number.
  var LONG = 20;
  // A score or hours within a sentence, as timely/presenters/non_breaking_text.py knows them.
  var WHOLE = /(?:[0-9][0-9:.]{0,5})?[0-9\u00bc-\u00be](?:[\-\u2013](?:[0-9][0-9:.]{0,5})?[0-9\u00bc-\u00be]){1,2}/g;
  // The only values that become a class; any other is ignored.
  var STATES = {
    status: ["draft", "published", "scheduled", "live", "finished", "completed",
      "postponed", "cancelled", "abandoned", "walkover"],
    state: ["now", "late", "awaited"],
    result_status: ["pending", "verified", "final"],
    winner_side: ["home", "away"],
    open_side: ["open-home", "open-away", "open-both"],
    moved: ["up", "down"],
    tied: ["tied"],
    annulled: ["annulled"],
    zone: ["through", "playoff", "champion", "promoted", "relegated", "out", "withdrawn", "expelled"],
    type: ["info", "schedule", "result", "weather", "emergency"],
    priority: ["low", "normal", "high", "urgent"]
  };

  function read(row, path) {
    var names = path.split("."), value = row, i;
    for (i = 0; i < names.length && value !== null && value !== undefined; i += 1) { value = value[names[i]]; }
    return value;
  }

  /* The text for a key: KEY_text if the row has it, else the value; undefined if it has neither. */
  function textOf(row, path) {
    var text = read(row, path + "_text");
    if (text === undefined) { text = read(row, path); }
    if (text === undefined) { return undefined; }
    return text === null ? "" : String(text);
  }

  /* A browser without CSS shows hidden elements too: their text is kept in data-words until they are shown. */
  function showWords(element, hidden) {
    var found = element.querySelectorAll("[data-words]"), own = element.getAttribute("data-words"), i;
    if (own !== null) { element.textContent = hidden ? "" : own; }
    for (i = 0; i < found.length; i += 1) { found[i].textContent = hidden ? "" : found[i].getAttribute("data-words"); }
  }

  function setHidden(element, hidden) {
    if ((element.getAttribute("hidden") !== null) === hidden) { return; }
    if (hidden) { element.setAttribute("hidden", ""); } else { element.removeAttribute("hidden"); }
    showWords(element, hidden);
  }

  /* True for SVG, whose className is a read-only object. */
  function isDrawn(element) { return typeof element.className !== "string"; }

  function setClass(element, name, on) {
    var now = isDrawn(element) ? element.getAttribute("class") || "" : element.className, next;
    if ((" " + now + " ").indexOf(" " + name + " ") >= 0 === !!on) { return; }
    next = on ? (now ? now + " " + name : name) : (" " + now + " ").replace(" " + name + " ", " ").replace(/^\s+|\s+$/g, "");
    if (isDrawn(element)) { element.setAttribute("class", next); } else { element.className = next; }
  }

  /* Sets a text without scores, unless it is there. A text node is kept: the browser lays out only its line. */
  function setPlain(element, text) {
    var node = element.firstChild;
    if (element.textContent === text) { return; }
    if (text && node && node === element.lastChild && node.nodeType === 3) { node.nodeValue = text; } else { element.textContent = text; }
  }

  /* Sets *text*, with each score in a span that does not wrap; SVG text does not wrap anyway. */
  function setText(element, text) {
    var scores = isDrawn(element) ? null : text.match(WHOLE), at = 0, i, from, piece;
    if (!scores) { setPlain(element, text); return; }
    element.textContent = "";
    for (i = 0; i < scores.length; i += 1) {
      from = text.indexOf(scores[i], at);
      piece = document.createElement("span");
      piece.className = "whole";
      piece.textContent = scores[i];
      element.appendChild(document.createTextNode(text.slice(at, from)));
      element.appendChild(piece);
      at = from + scores[i].length;
    }
    element.appendChild(document.createTextNode(text.slice(at)));
  }

  function highlight(element) { if (Timely.highlight) { Timely.highlight(element); } }

  /* The full text as a tooltip, for a name that may be cut on a narrow screen. */
  function showTitle(element, text) {
    if (text.length > LONG) { element.setAttribute("title", text); } else { element.removeAttribute("title"); }
  }

  /* With data-told a value without its KEY_text shows as nothing: a team that has not moved. */
  function showText(element, row) {
    var path = element.getAttribute("data-field"), text = textOf(row, path);
    if (text === undefined) { return; }
    if (element.getAttribute("data-told") !== null && read(row, path + "_text") === undefined) { text = ""; }
    if (text === "") { text = element.getAttribute("data-else") || ""; }
    if (element.textContent === text) { return; }
    setText(element, text);
    if (element.getAttribute("data-cut") !== null) { showTitle(element, text); }
    highlight(element);
  }

  /* A number becomes the class of its sign: up, down, or none. */
  function showState(element, row) {
    var keys = element.getAttribute("data-state").split(" "), i, k, value, names;
    for (i = 0; i < keys.length; i += 1) {
      value = read(row, keys[i]);
      names = STATES[keys[i]] || [];
      if (value === true) { value = keys[i]; }
      if (typeof value === "number") { value = value > 0 ? "up" : value < 0 ? "down" : ""; }
      for (k = 0; value !== undefined && k < names.length; k += 1) {
        setClass(element, "is-" + names[k], String(value).toLowerCase() === names[k]);
      }
    }
  }

  // Only a path on this site, whatever the row says; a private event's links carry its key.
  function showLink(element, row) {
    var path = read(row, element.getAttribute("data-href")), key = document.body.getAttribute("data-key");
    if (path === undefined) { return; }
    if (!/^\/([^\/\\]|$)/.test(path || "")) { element.removeAttribute("href"); return; }
    if (key) { path += (path.indexOf("?") < 0 ? "?" : "&") + "key=" + encodeURIComponent(key); }
    if (element.getAttribute("href") !== path) { element.setAttribute("href", path); }
  }

  function showColour(element, row) {
    var colour = read(row, element.getAttribute("data-colour"));
    if (colour === undefined) { return; }
    colour = /^#[0-9a-f]{3,6}$/i.test(colour || "") ? colour : "currentColor";
    if (element.getAttribute("fill") !== colour) { element.setAttribute("fill", colour); }
  }

  /* What the page's language has for W, D and L; the letters themselves outside a table. */
  function lettersOf(node) {
    while (node && node.nodeType === 1 && node.getAttribute("data-letters") === null) { node = node.parentNode; }
    return node && node.nodeType === 1 ? JSON.parse(node.getAttribute("data-letters")) : {};
  }

  function showForm(element, row) {
    var form = read(row, element.getAttribute("data-form")), classes = "", letters, i, box;
    if (form === undefined) { return; }
    form = (form || "").split("");
    for (i = 0; i < element.children.length; i += 1) { classes += element.children[i].className; }
    if (classes === form.map(formClass).join("")) { return; }
    element.textContent = "";
    letters = lettersOf(element);
    for (i = 0; i < form.length; i += 1) {
      box = document.createElement("b");
      box.className = formClass(form[i]);
      box.textContent = letters[form[i]] || form[i];
      element.appendChild(box);
    }
  }

  function formClass(letter) { return "is-" + letter.toLowerCase(); }

  function showIf(element, row) {
    var text = textOf(row, element.getAttribute("data-if"));
    if (text !== undefined) { setHidden(element, text === "" || text === "false"); }
  }

  var SHOWS = {
    "data-field": showText, "data-state": showState, "data-href": showLink,
    "data-colour": showColour, "data-form": showForm, "data-if": showIf
  };

  /* The element and those in it that show something, in the order in which they are filled. *keys* are those of the
     row that are read: "home_team" for "home_team.name|away_team.name", with a text or without. */
  function cellsOf(element) {
    var cells = [], attribute, found, i;
    function add(node) {
      cells.push({ show: SHOWS[attribute], element: node, keys: node.getAttribute(attribute).replace(/\.\w+/g, "").split(/[ |]/) });
    }
    for (attribute in SHOWS) {
      if (element.getAttribute(attribute) !== null) { add(element); }
      found = element.querySelectorAll("[" + attribute + "]");
      for (i = 0; i < found.length; i += 1) { add(found[i]); }
    }
    return cells;
  }

  /* Shows *row* in *element* and in everything below it. */
  function fill(element, row) {
    var cells = cellsOf(element), i;
    for (i = 0; i < cells.length; i += 1) { cells[i].show(cells[i].element, row); }
  }

  function isSame(one, other) { return one === other || (typeof one === "object" && JSON.stringify(one) === JSON.stringify(other)); }

  /* {key: true} of the keys whose values differ, with the text or without; null if there are none. */
  function changes(was, row) {
    var changed = null, key;
    function look(name) {
      if (isSame(was[name], row[name])) { return; }
      changed = changed || {};
      changed[name.replace(/_text$/, "")] = true;
    }
    for (key in row) { look(key); }
    for (key in was) { if (!(key in row)) { look(key); } }
    return changed;
  }

  /* The same for an element of a list, of which messages send rows again and again: its cells are looked up once, and
     only those are touched whose values are others than in the row before. */
  function fillRow(element, row) {
    var was = element.timelyCells ? element.timelyRow : null, changed = was ? changes(was, row) : {};
    var cells = changed ? element.timelyCells || cellsOf(element) : [], i;
    function isChanged(key) { return changed[key]; }
    element.timelyRow = row;
    if (!changed) { return; }
    for (i = 0; i < cells.length; i += 1) {
      if (!was || cells[i].keys.some(isChanged)) { cells[i].show(cells[i].element, row); }
    }
    element.timelyCells = cells;
  }

  /* To be called for an element that something else than fillRow has changed. */
  function forget(element) { if (element.timelyCells) { element.timelyCells = null; } }

  Timely.patch = {
    fill: fill, fillRow: fillRow, forget: forget, read: read, setText: setText, setPlain: setPlain,
    setHidden: setHidden, setClass: setClass, highlight: highlight
  };
}(window.Timely));
