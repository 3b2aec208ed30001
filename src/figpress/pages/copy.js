// Formulas are copied as LaTeX: signs one below the other, as browsers write them, are no formula.
window.figpressCopies || (window.figpressCopies = true, document.addEventListener("copy", function (event) {
  var all = getSelection(), range, box, formulas, first, last, html;
  if (!all.rangeCount || event.target.closest && event.target.closest("input, textarea")) return;
  range = all.getRangeAt(0).cloneRange();
  first = formula(range.startContainer);
  last = formula(range.endContainer);
  if (first) range.setStartBefore(first);
  if (last) range.setEndAfter(last);
  box = document.createElement("div");
  box.append(range.cloneContents());
  formulas = box.querySelectorAll("math[alttext]");
  if (!formulas.length) return;
  box.querySelectorAll(".claim-mark, .fp-function").forEach(function (mark) { mark.remove(); });
  html = box.innerHTML;
  formulas.forEach(function (one) {
    var sign = one.getAttribute("display") === "block" ? "$$" : "$";
    one.replaceWith(sign + one.getAttribute("alttext") + sign);
  });
  // Only what is laid out has lines.
  document.body.append(box);
  event.clipboardData.setData("text/plain", box.innerText.trim());
  event.clipboardData.setData("text/html", html);
  box.remove();
  event.preventDefault();
  function formula(node) { return (node.closest ? node : node.parentElement).closest("math"); }
}));
