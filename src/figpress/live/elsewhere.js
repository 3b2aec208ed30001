// A parameter as it is called elsewhere, where it is so many times smaller: read and typed beside its own control.
(window.figpressWaiting = window.figpressWaiting || []).push(function (figpress) {
"use strict";
figpress.extras.elsewhere = function (view) {
  var part = view.form.querySelector(".fp-elsewhere"), select, box, own;
  if (!part) return;
  select = part.querySelector("select");
  box = part.querySelector("input");
  own = view.form.querySelector('[type="text"][name="' + part.dataset.of + '"]');
  function follow() { if (document.activeElement !== box) box.value = +(view.state[own.name] / select.value).toPrecision(4); }
  ["input", "change", "keydown"].forEach(function (kind) {
    part.addEventListener(kind, function (event) {
      // The form knows only of parameters.
      event.stopPropagation();
      if (event.target === select) follow();
      else if (kind !== "keydown") {
        // As if it were typed there, in our convention.
        own.value = box.value && +(box.value.replace(",", ".") * select.value).toPrecision(12);
        own.dispatchEvent(new Event(kind, { bubbles: true }));
      }
    });
  });
  box.addEventListener("blur", follow);
  view.followers.push(follow);
};
});
