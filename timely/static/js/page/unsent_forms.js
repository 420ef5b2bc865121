/* Unsent forms: kept on this device and restored later; nothing is sent by itself, no password is kept. */
(function (Timely) {
  "use strict";
  var KEY = "timely-typed", MOST = 20, LARGEST = 20000, DAY = 86400000, STUCK = 10000;
  var box = document.querySelector("[data-typed]"), session = Timely.session;
  var pressed = null, sending = null, stuckTimer = 0;

  function now() { return new Date().getTime(); }

  function read() {
    var kept, fresh = {}, key;
    try { kept = JSON.parse(window.localStorage.getItem(KEY) || "{}"); } catch (fault) { return fresh; }
    for (key in kept) { if (kept[key] && now() - kept[key].when < DAY) { fresh[key] = kept[key]; } }
    return fresh;
  }

  /* False if the browser does not store it. The oldest forms are dropped first. */
  function write(kept) {
    var keys = [], key;
    for (key in kept) { keys.push(key); }
    keys.sort(function (one, other) { return kept[one].when - kept[other].when; });
    while (keys.length > MOST) { delete kept[keys.shift()]; }
    try {
      window.localStorage.setItem(KEY, JSON.stringify(kept));
    } catch (fault) { return false; }
    return true;
  }

  function keyOf(form) {
    var action = form.getAttribute("action") || location.pathname + location.search;
    return session.user + " " + action.replace(/^https?:\/\/[^\/]+/, "").replace(/#.*/, "");
  }

  function isTicked(field) { return field.type === "checkbox" || field.type === "radio"; }

  /* Hidden fields are left out, except the version, by which the server finds conflicts with other saves. */
  function isKept(field) {
    if (!field.name || field.disabled || field.name === "code" || /password/.test(field.name)) { return false; }
    if (field.type === "hidden") { return field.name === "version"; }
    return !/^(password|file|submit|button|image|reset|fieldset)$/.test(field.type) && field.nodeName !== "BUTTON";
  }

  function each(form, act) {
    var count = {}, i, field;
    for (i = 0; i < form.elements.length; i += 1) {
      field = form.elements[i];
      if (isKept(field)) {
        count["=" + field.name] = (count["=" + field.name] || 0) + 1;
        act(field, field.name + " " + count["=" + field.name]);
      }
    }
  }

  function valueOf(field) {
    var chosen = [], i;
    if (isTicked(field)) { return field.checked; }
    if (field.type !== "select-multiple") { return field.value; }
    for (i = 0; i < field.options.length; i += 1) { if (field.options[i].selected) { chosen.push(field.options[i].value); } }
    return chosen;
  }

  function setValue(field, value) {
    var i;
    if (isTicked(field)) { field.checked = value === true; return; }
    if (field.type !== "select-multiple") { field.value = value; return; }
    for (i = 0; i < field.options.length; i += 1) {
      field.options[i].selected = value.indexOf(field.options[i].value) >= 0;
    }
  }

  /* "kept"; "lost" if it is too large or the browser has no storage; "nothing" for a form without fields to type in. */
  function keep(form) {
    var fields = {}, isTyped = false, all = read(), key = keyOf(form);
    each(form, function (field, name) {
      fields[name] = valueOf(field);
      if (field.type !== "hidden") { isTyped = true; }
    });
    if (!isTyped) { return "nothing"; }
    if (JSON.stringify(fields).length > LARGEST) { return "lost"; }
    all[key] = { when: now(), mark: String(now()) + String(Math.random()).slice(2, 8), fields: fields };
    return write(all) ? "kept" : "lost";
  }

  function forget(key) {
    var all = read();
    delete all[key];
    write(all);
  }

  function note(form, text, button, act) {
    var line = form.querySelector("[data-typed-note]"), press;
    if (!line) {
      line = document.createElement("p");
      line.className = "flash is-warning typed-note";
      line.setAttribute("role", "alert");
      line.setAttribute("data-typed-note", "");
      form.appendChild(line);
    }
    line.textContent = text + " ";
    if (button) {
      press = document.createElement("button");
      press.type = "button";
      press.className = "button is-quiet is-small";
      press.textContent = button;
      press.onclick = act;
      line.appendChild(press);
    }
  }

  function words(name, time) {
    var at = new Date(time || 0), hours = at.getHours(), minutes = at.getMinutes();
    return box.getAttribute("data-" + name).replace("{}", (hours < 10 ? "0" : "") + hours + ":" + (minutes < 10 ? "0" : "") + minutes);
  }

  function hide(form, name, value) {
    var field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value;
    field.setAttribute("data-pressed", "");
    form.appendChild(field);
  }

  function release() {
    var fields = document.querySelectorAll("[data-pressed]"), i;
    clearTimeout(stuckTimer);
    for (i = 0; i < fields.length; i += 1) { fields[i].parentNode.removeChild(fields[i]); }
    sending = null;
  }

  /* Submits. The server names the form that it has answered in a cookie (timely/web/resubmission.py). */
  function go(form, button) {
    var record = read()[keyOf(form)];
    if (record) { document.cookie = "timely_sent=" + record.mark + "; path=/; SameSite=Lax"; }
    if (button && button.name) { hide(form, button.name, button.value); }
    stuckTimer = setTimeout(release, STUCK);
    window.HTMLFormElement.prototype.submit.call(form);
  }

  function send(form) {
    var button = pressed && pressed.form === form ? pressed : null, state = keep(form);
    sending = form;
    session.request(function (status) {
      // 502 and above come from a proxy while the server is down.
      if (status !== 0 && status < 502) { go(form, button); return; }
      release();
      note(form, words("away-" + state));
    });
  }

  function buttonOf(node) {
    while (node && node.nodeType === 1 && node.nodeName !== "BUTTON" && node.type !== "submit") { node = node.parentNode; }
    return node && node.nodeType === 1 ? node : null;
  }

  function putBack(form) {
    var key = keyOf(form), record = read()[key], found = 0;
    if (!record) { return; }
    each(form, function (field, name) {
      if (record.fields[name] === undefined) { return; }
      if (field.type !== "hidden") { found += 1; }
      setValue(field, record.fields[name]);
    });
    if (!found) { return; }
    if (form.id.indexOf("game-") === 0) { form.setAttribute("data-own", "typed"); }
    note(form, words("back", record.when), words("forget"), function () {
      forget(key);
      location.reload();
    });
  }

  function received() {
    var found = /(?:^|;\s*)timely_received=([0-9]+)/.exec(document.cookie), all = read(), key;
    for (key in all) { if (found && all[key].mark === found[1]) { delete all[key]; } }
    write(all);
  }

  function putAllBack() {
    var forms = document.getElementsByTagName("form"), i;
    received();
    for (i = 0; i < forms.length; i += 1) { if (/^post$/i.test(forms[i].getAttribute("method"))) { putBack(forms[i]); } }
  }

  if (!box || !session || !window.HTMLFormElement) { return; }
  document.addEventListener("click", function (click) { pressed = buttonOf(click.target); }, true);
  document.addEventListener("submit", function (sent) {
    var form = sent.target;
    if (sent.defaultPrevented || !/^post$/i.test(form.getAttribute("method"))) { return; }
    sent.preventDefault();
    // A double click submits once.
    if (!sending) { send(form); }
  }, false);
  window.addEventListener("pageshow", function (page) {
    if (page.persisted) {
      release();
      putAllBack();
    }
  }, false);
  putAllBack();
}(window.Timely));
