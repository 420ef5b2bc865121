/* Notifications as they come, into the list of their topic. */
(function (Timely) {
  "use strict";
  if (!Timely.lists) { return; }

  // In the hall, where nothing can be put away, there is nothing to tidy.
  Timely.notices = Timely.notices || { tidy: function () { return null; } };

  /* *gone* are the ids of those that stand no more; without it *rows* are all that stand. */
  Timely.notices.take = function (topic, rows, gone) {
    var list = document.querySelector("[data-list=\"notices-" + topic + "\"]");
    if (!list) { return; }
    Timely.lists.merge(list, rows, gone || Timely.lists.missing(list, rows));
    Timely.notices.tidy();
  };

  if (Timely.changes) {
    Timely.changes.notification = function (data, isSnapshot, topic) {
      Timely.notices.take(topic, data.notifications, isSnapshot ? null : data.removed);
    };
  }
}(window.Timely));
