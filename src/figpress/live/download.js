// The drawing as it is seen, as a file that says how it was made and brings the fonts of its texts. Loaded by those who ask for it:
// figpress.fonts, which stands before this, weighs more than all other scripts together.
(function () {
"use strict";
function cut(text) {
  var style = text.getAttribute("style") || "", weight = /font-weight: (\d+)/.exec(style);
  return /font-style/.test(style) ? "italic" : weight && +weight[1] >= 600 ? "semibold" : "regular";
}

figpress.save = function (view) {
  var copy = view.svg.cloneNode(true), colours = getComputedStyle(view.root), box = view.svg.viewBox.baseVal, cuts = {}, link, text;
  function first(name, content) {
    var element = document.createElementNS(copy.namespaceURI, name);
    element.textContent = content;
    copy.insertBefore(element, copy.firstChild);
  }
  copy.querySelectorAll(".fp-handle, .fp-halo, .fp-reach").forEach(function (handle) { handle.remove(); });
  copy.querySelectorAll("text, tspan[style]").forEach(function (text) { cuts[cut(text)] = true; });
  first("style", Object.keys(cuts).sort().map(function (name) {
    var font = figpress.fonts.cuts[name];
    return '@font-face { font-family: "' + figpress.fonts.family + '"; ' + font[0] + "; src: url(data:font/woff2;base64," + font[1] + ') format("woff2"); }';
  }).join("\n"));
  first("metadata", JSON.stringify({ figure: view.figure.name, parameters: view.state, command: view.line() }));
  copy.setAttribute("width", box.width + "pt");
  copy.setAttribute("height", box.height + "pt");
  text = new XMLSerializer().serializeToString(copy).replace(/var\((--[\w-]+),\s*([^)]+)\)/g, function (all, name, other) {
    return colours.getPropertyValue(name).trim() || other;
  });
  link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(['<?xml version="1.0" encoding="utf-8"?>\n', text], { type: "image/svg+xml" }));
  link.download = view.figure.name + ".svg";
  link.click();
  setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
};
})();
