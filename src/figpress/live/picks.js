// What can be picked, a line, a name or a row of a table, sets parameters.
(window.figpressWaiting = window.figpressWaiting || []).push(function (figpress) {
"use strict";
figpress.extras.picks = function (view) {
  var figure = view.figure, alike = {};
  function sets(element, values) {
    element.addEventListener("click", function () { view.stop(); view.set(Object.assign({}, view.state, values)); });
  }
  Object.keys(figure.pick).forEach(function (key) {
    var group = view.svg.querySelector('[id="' + view.root.id + "-" + key + '"]'), path = group.querySelector("path"), reach;
    var name = figure.pick[key][0], value = figure.pick[key][1], same = alike[value] = alike[value] || [];
    if (path) {
      // A line is thin, so its reach is wider than it looks.
      reach = group.appendChild(path.cloneNode());
      reach.removeAttribute("style");
      reach.setAttribute("class", "fp-reach");
    }
    same.push(group);
    group.classList.add("fp-pick");
    sets(group, { [name]: value });
    // Whatever stands for the same value, such as a line and its name, shows it together.
    ["pointerenter", "pointerleave"].forEach(function (event) {
      group.addEventListener(event, function () {
        same.forEach(function (one) { one.classList.toggle("fp-over", event === "pointerenter"); });
      });
    });
  });
  Object.keys(figure.rows).forEach(function (fact) {
    figure.facts(figure.data(view.state))[fact].forEach(function (item, i) {
      var cell = document.querySelector('td data[data-fact^="' + figure.name + "." + fact + "." + i + '."]'), values = {}, row, button;
      if (!cell) return;
      Object.keys(figure.rows[fact]).forEach(function (name) { values[name] = item[figure.rows[fact][name]]; });
      row = cell.closest("tr");
      row.classList.add("fp-row");
      sets(row, values);
      row.addEventListener("click", function () { view.root.scrollIntoView({ block: "nearest" }); });
      // For the keyboard.
      button = document.createElement("button");
      button.type = "button";
      cell.replaceWith(button);
      button.append(cell);
    });
  });
};
});
