/* Notification lists: puts notifications that arrive into the list of their topic. */
(function (Timely) {
  "use strict";
  if (!Timely.lists) { return; }

  // On a display nothing can be dismissed, so there is nothing to tidy.
  Timely.notices = Timely.notices || { tidy: function () { return null; } };

  /* *gone* are the ids of those that ended; without it *rows* are all that remain. */
  Timely.notices.update = function (topic, rows, gone) {
    var list = document.querySelector("[data-list=\"notices-" + topic + "\"]");
    if (!list) { return; }
    Timely.lists.merge(list, rows, gone || Timely.lists.missing(list, rows));
    Timely.notices.tidy();
  };

  if (Timely.messageHandlers) {
    Timely.messageHandlers.notification = function (data, isSnapshot, topic) {
      Timely.notices.update(topic, data.notifications, isSnapshot ? null : data.removed);
    };
  }
}(window.Timely));
