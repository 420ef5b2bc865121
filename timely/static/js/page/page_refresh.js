/* Page refresh: fetches the page as the server renders it now, and changes only the nodes that differ. */
(function (Timely) {
  "use strict";
  // Set in the browser, by a script or by the user; the server's page does not have them.
  var OWN = { "style": 1, "data-open": 1, "aria-expanded": 1, "open": 1 };
  var address = "", isFetching = false, timer = 0, waitedFor = 0;

  function keyOf(node) {
    return node.nodeType === 1 ? node.id || node.getAttribute("data-row") || node.getAttribute("data-heading") : null;
  }

  function isSame(one, other) {
    return one.nodeType === other.nodeType && one.nodeName === other.nodeName && keyOf(one) === keyOf(other);
  }

  function copyAttributes(old, fresh) {
    var i, name;
    for (i = old.attributes.length - 1; i >= 0; i -= 1) {
      name = old.attributes[i].name;
      if (fresh.getAttribute(name) === null && !OWN[name]) { old.removeAttribute(name); }
    }
    for (i = 0; i < fresh.attributes.length; i += 1) {
      name = fresh.attributes[i].name;
      if (old.getAttribute(name) !== fresh.attributes[i].value && !OWN[name]) {
        old.setAttribute(name, fresh.attributes[i].value);
      }
    }
  }

  /* The words of an element whose content and state are a script's: the page may be in another language now. */
  function copyWords(old, fresh) {
    var i, name;
    for (i = 0; i < fresh.attributes.length; i += 1) {
      name = fresh.attributes[i].name;
      if (/^data-/.test(name) && name !== "data-now") { old.setAttribute(name, fresh.attributes[i].value); }
    }
  }

  /* A form that is being filled in stays, even if the server does not render it any more. */
  function isKept(node, fresh) {
    var child;
    if (node.nodeType !== 1) { return false; }
    if (node.getAttribute("data-own") !== "typed" && !node.querySelector("[data-own=typed]")) { return false; }
    for (child = fresh.firstChild; child; child = child.nextSibling) { if (isSame(node, child)) { return false; } }
    return true;
  }

  function update(fresh, old) {
    var next, wanted, node, found;
    if (old.nodeType !== 1) {
      if (old.nodeValue !== fresh.nodeValue) { old.nodeValue = fresh.nodeValue; }
      return;
    }
    // The content of a noscript is parsed as elements in the fetched page and as text in this one, and is not shown.
    if (old.getAttribute("data-own") === "words") { copyWords(old, fresh); }
    if (old.getAttribute("data-own") !== null || old.nodeName === "NOSCRIPT") { return; }
    Timely.patch.forget(old);
    copyAttributes(old, fresh);
    next = old.firstChild;
    for (wanted = fresh.firstChild; wanted; wanted = wanted.nextSibling) {
      found = null;
      while (next && isKept(next, fresh)) { next = next.nextSibling; }
      for (node = next; node && !found; node = node.nextSibling) { if (isSame(node, wanted)) { found = node; } }
      if (!found) {
        old.insertBefore(document.importNode(wanted, true), next);
      } else {
        if (found === next) { next = next.nextSibling; } else { old.insertBefore(found, next); }
        update(wanted, found);
      }
    }
    while (next) {
      node = next.nextSibling;
      if (!isKept(next, fresh)) { old.removeChild(next); }
      next = node;
    }
  }

  function byId(root, id) {
    var found = root.querySelectorAll("[id]"), i;
    for (i = 0; i < found.length; i += 1) { if (found[i].id === id) { return found[i]; } }
    return null;
  }

  /* Takes out the forms being filled in that have another parent in the fresh page; putIn puts them there. */
  function takeOut(fresh) {
    var typed = document.querySelectorAll("[data-own=typed][id]"), out = [], i, now;
    for (i = 0; i < typed.length; i += 1) {
      now = byId(fresh, typed[i].id);
      if (now && now.parentNode.id !== typed[i].parentNode.id) { out.push(typed[i]); }
    }
    for (i = 0; i < out.length; i += 1) { out[i].parentNode.removeChild(out[i]); }
    return out;
  }

  function putIn(typed) {
    var i, now;
    for (i = 0; i < typed.length; i += 1) {
      now = document.getElementById(typed[i].id);
      if (now) { now.parentNode.replaceChild(typed[i], now); }
    }
  }

  /* Parses the page in an inert document, in which nothing loads or runs; the body becomes a div. */
  function parse(text) {
    var inert = document.implementation.createHTMLDocument("");
    var body = /<body[^>]*>[\s\S]*<\/body>/.exec(text);
    if (!body) { return null; }
    inert.body.innerHTML = body[0].replace(/^<body/, "<div").replace(/<\/body>$/, "</div>");
    return inert.body.firstChild;
  }

  function show(text) {
    var fresh = parse(text), places = document.querySelectorAll("[data-fresh]"), i, part, typed;
    if (!fresh || fresh.getAttribute("data-live") === null) { return false; }
    Timely.keepScroll(function () {
      typed = takeOut(fresh);
      for (i = 0; i < places.length; i += 1) {
        part = fresh.querySelector("[data-fresh=\"" + places[i].getAttribute("data-fresh") + "\"]");
        if (part) { update(part, places[i]); }
      }
      putIn(typed);
    });
    Timely.adoptVersions(JSON.parse(fresh.getAttribute("data-live")));
    if (Timely.pageChanged) { Timely.pageChanged({ type: "page" }); }
    return true;
  }

  /* Calls *done* once the page is here. Without it the page is fetched again if it did not come, and *failed* called. */
  function load(done, failed) {
    var request = new XMLHttpRequest();
    if (isFetching) {
      soon(1000);
      if (failed) { failed(); }
      return;
    }
    isFetching = true;
    request.open("GET", address || location.href.replace(/#.*/, ""), true);
    request.onreadystatechange = function () {
      if (request.readyState !== 4) { return; }
      isFetching = false;
      // Gone or forbidden: reloads to show the server's own page that says so.
      if (request.status === 404 || request.status === 403 || request.status === 410) {
        if (!document.querySelector("[data-own=typed]")) { location.reload(); }
        return;
      }
      if (request.status === 200 && show(request.responseText)) {
        waitedFor = 0;
        if (done) { done(); }
      } else if (!done) {
        waitedFor = Math.min(waitedFor + 3000, 15000);
        soon(waitedFor);
        if (failed) { failed(); }
      }
    };
    request.send(null);
  }

  /* Fetches the page at a random moment within *most* milliseconds, so that many clients do not ask at once. */
  function soon(most) {
    clearTimeout(timer);
    timer = setTimeout(function () { load(); }, Math.random() * most);
  }

  /* Fetches the page from another address, now and from now on: the same page in another language. */
  function moveTo(to, failed) {
    address = to;
    load(null, failed);
  }

  Timely.pageRefresh = { load: load, soon: soon, moveTo: moveTo };
}(window.Timely));
