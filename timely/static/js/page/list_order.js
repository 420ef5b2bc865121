/* List order, as data-order gives it: "-priority=urgent -timestamp start_on~ id"; the last term is the id. */
(function (Timely) {
  "use strict";

  // "-" is descending, "=" compares with a value (1 or 0), "~" puts empty values last; else they come first.
  function terms(list) {
    var words = (list.getAttribute("data-order") || "").split(" "), found = [], i, parts;
    for (i = 0; i < words.length; i += 1) {
      parts = words[i].replace(/^-|~$/g, "").split("=");
      found.push({
        key: parts[0],
        asks: parts.length > 1 ? parts[1] : null,
        way: words[i].charAt(0) === "-" ? -1 : 1,
        emptyLast: /~$/.test(words[i])
      });
    }
    return found;
  }

  /* The sort keys of a row without its id, which is in data-row already. */
  function keysOf(list, row) {
    var all = terms(list), keys = [], i, value;
    for (i = 0; i < all.length - 1; i += 1) {
      value = Timely.patch.read(row, all[i].key);
      keys.push(all[i].asks === null ? value : Number(value === all[i].asks));
    }
    return keys;
  }

  function isEmpty(value) { return value === null || value === undefined || value === ""; }

  function compare(all, one, other) {
    var i, a, b;
    for (i = 0; i < all.length; i += 1) {
      a = one[i];
      b = other[i];
      if (isEmpty(a) !== isEmpty(b)) { return isEmpty(a) === all[i].emptyLast ? 1 : -1; }
      if (!isEmpty(a) && a !== b) { return (a < b ? -1 : 1) * all[i].way; }
    }
    return 0;
  }

  /* The row elements, sorted by their data-keys. */
  function sorted(list, rows) {
    var all = terms(list), pairs = [], i, keys;
    for (i = 0; i < rows.length; i += 1) {
      keys = JSON.parse(rows[i].getAttribute("data-keys") || "[]");
      keys[all.length - 1] = Number(rows[i].getAttribute("data-row"));
      pairs.push({ row: rows[i], keys: keys });
    }
    pairs.sort(function (a, b) { return compare(all, a.keys, b.keys); });
    for (i = 0; i < pairs.length; i += 1) { pairs[i] = pairs[i].row; }
    return pairs;
  }

  Timely.order = { keysOf: keysOf, sorted: sorted };
}(window.Timely));
