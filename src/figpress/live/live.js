// Moves the named artists of a live figure as its compiled Python says, and keeps controls, numbers, texts and address in step.
// It knows nothing of what is shown, and no formula.
(function () {
"use strict";
var figpress = window.figpress;
if (figpress.add) return figpress.begin();

var QUIET = 400, SOURCE = document.currentScript.src;

figpress.extras = {};

// The words of the page, with what belongs into their places.
function word(name, places) {
  return window.figpressWords[name].replace(/\{(\w+)\}/g, function (all, place) { return places[place]; });
}

// Those for 0, 1, 2 ... where it has some of its own.
var NUMBERS = word("number_words") ? word("number_words").split(/\s*,\s*/) : [];

figpress.complete = function (figure, given) {
  var all = {};
  figure.parameters.forEach(function (p) { all[p.name] = given && given[p.name] !== undefined ? given[p.name] : p.default; });
  return all;
};

figpress.add = function (figure) {
  figpress.live[figure.name] = figure;
  start();
};

// The figures whose scripts came before this one.
figpress.begin = function () {
  (window.figpressWaiting || []).splice(0).forEach(function (make) { make(figpress); });
};

function start() {
  Object.keys(figpress.live).forEach(function (name) {
    document.querySelectorAll('figure[data-figure="' + name + '"]').forEach(function (root) {
      if (root.view || !root.querySelector(".fp-controls")) return;
      root.view = new View(root, figpress.live[name]);
    });
  });
}

// What a reader may have meant by a number: the comma of 0,5 is a decimal one, that of 1,500 perhaps not.
function readings(text) {
  var plain = String(text).trim().replace("\u2212", "-"), found;
  if (/^(\+?inf(inity)?|\u221e)$/i.test(plain)) return [Infinity];
  if (plain === "") return [];
  found = [Number(plain.replace(",", "."))];
  if (/^[+-]?[1-9]\d{0,2}(,\d{3})+$/.test(plain)) found.push(Number(plain.replace(/,/g, "")));
  return found.filter(function (value) { return value - value === 0; });
}

// Whether a parameter admits a value; the reason where it does not, and what is taken instead.
function admitted(p, text) {
  if (p.text) return { value: text };
  if (p.options) return p.options.indexOf(text) >= 0 ? { value: text } : { value: p.default, why: word("no_option", { options: p.options.join(", ") }) };
  var all = readings(text), inside = all.filter(function (value) { return value <= p.high && value >= p.low; }), value = inside.length ? inside[0] : all[0];
  if (inside.length > 1) return { value: p.default, why: word("two_readings", { one: inside[0], other: inside[1] }) };
  if (value === undefined || p.whole && value % 1 !== 0) return { value: p.default, why: word(p.whole ? "no_whole_number" : "no_number") };
  if (value > p.high) return { value: p.high, why: word("above", { limit: p.high }) };
  if (value < p.low || p.open && value === p.low) return { value: p.open ? p.default : p.low, why: word(p.open ? "not_above" : "below", { limit: p.low }) };
  return { value: value };
}

// A value as it is written in boxes, and as it is typed in addresses and commands.
function written(value) { return value === Infinity ? "\u221e" : String(value); }
function typed(value) { return value === Infinity ? "inf" : String(value); }
// As it is said: a minus sign alone is often passed over.
function spoken(value, unit) {
  var size = value === Infinity ? word("infinity") : String(value).replace(/^-/, "");
  return (value < 0 ? word("minus", { size: size }) : size) + (unit && " " + unit);
}
// What is said of a value that is not taken.
function refusal(given, found) { return word("refused", { given: given, reason: found.why, value: written(found.value) }); }

// What an input says: a slider of a quantity in whose logarithm it is even says where it stands.
function said(p, input) {
  return input.type === "range" && p.scale ? String(figpress.valueAt(Number(input.value), p.scale)) : input.value;
}

function View(root, figure) {
  var view = this;
  view.root = root;
  view.figure = figure;
  view.svg = root.querySelector(".fp-drawing svg");
  view.form = root.querySelector(".fp-controls");
  view.verdict = root.querySelector(".fp-verdict");
  view.status = root.querySelector(".fp-status");
  view.said = root.querySelector(".fp-said");
  view.command = root.querySelector(".fp-command");
  view.desc = view.svg.querySelector("desc");
  view.playing = view.form.querySelector('[data-do="play"]');
  view.inputs = {};
  view.units = {};
  figure.parameters.forEach(function (p) {
    var inputs = view.inputs[p.name] = view.form.querySelectorAll('[name="' + p.name + '"]'), unit = inputs[1] && inputs[1].nextElementSibling;
    view.units[p.name] = unit ? unit.textContent : "";
  });
  view.quotes = [].map.call(root.querySelectorAll('data[data-fact^="' + figure.name + '."]'), function (element) {
    return { element: element, path: element.dataset.fact.split(".").slice(1), form: element.dataset.form };
  });
  view.state = figpress.complete(figure);
  view.artists = bind(view, figure.data(view.state));
  view.form.addEventListener("submit", function (event) { event.preventDefault(); });
  view.form.addEventListener("input", function (event) { view.changed(event.target); });
  view.form.addEventListener("change", function (event) { view.settled(event.target); });
  view.form.addEventListener("keydown", function (event) { view.stepped(event); });
  // A finger that begins on a slider and then scrolls the page has moved it by accident.
  view.form.addEventListener("pointerdown", function () { view.held = Object.assign({}, view.state); });
  view.form.addEventListener("pointercancel", function (event) { if (event.target.type === "range") view.set(view.held); });
  root.addEventListener("click", function (event) {
    var button = event.target.closest("[data-do]");
    if (button) view[button.dataset.do]();
  });
  handles(view);
  // What only some pages have is in their own scripts.
  view.followers = [];
  Object.keys(figpress.extras).forEach(function (name) { figpress.extras[name](view); });
  view.first = Object.assign({}, view.state, figure.begin);
  if (Object.keys(figure.begin).length) {
    view.state = Object.assign({}, view.first);
    view.draw();
    view.describe();
  }
  root.classList.add("fp-moving");
  view.form.querySelector("fieldset").disabled = false;
  view.fromAddress();
}

View.prototype = {
  parameter: function (name) { return this.figure.parameters.find(function (p) { return p.name === name; }); },

  fromAddress: function () {
    var view = this, prefix = view.figure.name + ".", refused = [], next = Object.assign({}, view.first);
    new URLSearchParams(location.search).forEach(function (text, key) {
      if (key.indexOf(prefix) !== 0) return;
      var name = key.slice(prefix.length), p = view.parameter(name), found = p && view.inputs[name].length ? admitted(p, text) : null;
      if (!found) return refused.push(word("no_control", { name: name }));
      if (found.why) refused.push(refusal(name + " = " + text.slice(0, 40), found));
      next[name] = found.value;
    });
    view.say(refused.join(" "));
    if (!Object.keys(next).some(function (name) { return next[name] !== view.state[name]; })) return;
    // Whoever was sent here by a link is shown what its sender saw.
    view.set(next, true);
  },

  // Where one sees what is seen here.
  address: function () {
    var view = this, query, text;
    query = new URLSearchParams(location.search);
    Array.from(query.keys()).forEach(function (key) { if (key.indexOf(view.figure.name + ".") === 0) query.delete(key); });
    view.figure.parameters.forEach(function (p) {
      // A text may be a reader's own: an address is sent to whoever serves the page.
      if (!p.text && view.state[p.name] !== view.first[p.name]) query.set(view.figure.name + "." + p.name, typed(view.state[p.name]));
    });
    text = query.toString();
    return location.pathname + (text && "?" + text) + "#" + view.root.id;
  },

  toAddress: function () {
    if (!this.root.isConnected) return;
    var address = this.address();
    if (address.indexOf("?") < 0) address = location.pathname + location.hash;
    try { history.replaceState(history.state, "", address); } catch (e) { /* Too often for the browser: the address stays behind. */ }
  },

  copy: function () {
    var view = this, address = new URL(view.address(), location.href).href, button = view.root.querySelector('[data-do="copy"]');
    var words = view.words = view.words || button.textContent;
    function copied() {
      put(button, word("copied"));
      setTimeout(function () { put(button, words); }, 2000);
      view.say(word("link_copied"));
    }
    // Without https there is no clipboard but that of a selected text.
    function selected() {
      var text = document.createElement("textarea"), done;
      text.value = address;
      view.root.appendChild(text);
      text.select();
      done = document.execCommand("copy");
      text.remove();
      button.focus();
      if (done) copied(); else view.say(word("link", { address: address }));
    }
    if (navigator.clipboard) navigator.clipboard.writeText(address).then(copied, selected); else selected();
  },

  // A control was moved: what is admitted is shown at once, what is half typed waits.
  changed: function (input) {
    var p = this.parameter(input.name), found = admitted(p, said(p, input)), next = Object.assign({}, this.state);
    // The ends of a slider, written to some digits, may lie beyond those of the range.
    this.typing = found.why && input.type !== "range" ? input : null;
    if (this.typing) return;
    next[p.name] = found.value;
    this.say("");
    this.set(next, false, input);
  },

  settled: function (input) {
    var p = this.parameter(input.name), found = admitted(p, input.value), next = Object.assign({}, this.state), text = input.value;
    if (input.type === "range") return;
    this.typing = null;
    input.value = written(found.value);
    if (!found.why) return;
    next[p.name] = found.value;
    this.say(refusal(text || word("empty_field"), found));
    this.set(next);
  },

  // In a box, the arrow keys move as they do on its slider.
  stepped: function (event) {
    var way = event.target.type === "text" && { ArrowUp: "stepUp", ArrowDown: "stepDown" }[event.key], slider = this.inputs[event.target.name];
    if (!way) return;
    event.preventDefault();
    slider[0][way]();
    this.changed(slider[0]);
  },

  // The answer is for those who have tried, or ask.
  tried: function () { this.root.classList.add("fp-tried"); },
  answer: function () {
    this.tried();
    this.verdict.focus();
  },

  set: function (next, silent, source) {
    var view = this;
    view.tried();
    view.state = next;
    view.source = source;
    if (!view.frame) view.frame = requestAnimationFrame(function () { view.frame = 0; view.draw(); });
    clearTimeout(view.timer);
    view.timer = setTimeout(function () {
      view.describe();
      if (!silent) view.toAddress();
      if (view.root.isConnected) view.said.textContent = view.verdict ? view.verdict.textContent : view.desc.textContent;
    }, QUIET);
  },

  draw: function () {
    var view = this, figure = view.figure, data, facts;
    try {
      data = figure.data(view.state);
      facts = figure.facts(data);
    } catch (error) {
      return view.trouble(error);
    }
    view.root.classList.remove("fp-refused");
    view.shown = [data, facts];
    view.artists.forEach(function (artist) { artist.move(data[artist.key]); });
    if (view.verdict) put(view.verdict, facts[figure.verdict]);
    view.quotes.forEach(function (quote) { quoted(quote, view.state, facts); });
    figure.parameters.forEach(function (p) {
      view.inputs[p.name].forEach(function (input) {
        var value = view.state[p.name], text = written(value);
        if (input.type === "range") {
          set(input, "aria-valuetext", spoken(value, view.units[p.name]));
          if (p.scale) text = String(figpress.position(value, p.scale));
        }
        if (input !== view.source && input !== view.typing && input.value !== text) input.value = text;
      });
    });
    view.source = null;
    put(view.command, view.line());
    handles(view, data);
    view.followers.forEach(function (follow) { follow(); });
  },

  // The words for those who do not see the drawing: nobody can hear them at every frame, so they wait until it rests.
  describe: function () {
    try {
      if (this.shown) put(this.desc, this.figure.describe(this.shown[0], this.shown[1]));
    } catch (error) {
      this.trouble(error);
    }
  },

  trouble: function (error) {
    // What is seen belongs to other values.
    this.root.classList.add("fp-refused");
    this.say(error.name === "ValueError" ? error.message : word("not_shown", { reason: error.message }));
  },

  line: function () {
    var state = this.state;
    return "python " + this.figure.script + this.figure.parameters.map(function (p) {
      var value = state[p.name];
      var text = p.text ? "'" + value.split("'").join("'\\''") + "'" : / /.test(value) ? '"' + value + '"' : typed(value);
      return value === p.default ? "" : " --" + p.name.replace(/_/g, "-") + (p.text || value < 0 ? "=" : " ") + text;
    }).join("");
  },

  say: function (text) { put(this.status, text); },

  move: function (step) {
    var input = this.inputs[this.figure.play][0], before = input.value, next = Object.assign({}, this.state);
    if (step > 0) input.stepUp(); else input.stepDown();
    next[this.figure.play] = Number(input.value);
    this.set(next);
    return input.value !== before;
  },
  step: function () { this.stop(); this.move(1); },
  back: function () { this.stop(); this.move(-1); },

  play: function () {
    var view = this, p = view.parameter(view.figure.play), next;
    if (view.clock) return view.stop();
    if (view.state[p.name] === p.high) {
      next = Object.assign({}, view.state);
      next[p.name] = p.low;
      view.set(next);
      view.inputs[p.name][0].value = p.low;
    } else {
      view.move(1);
    }
    // Who asked for less motion goes on by hand.
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    view.clock = setInterval(function () { if (!view.root.isConnected || !view.move(1)) view.stop(); }, view.figure.pace);
    view.pressed(true);
  },
  stop: function () { clearInterval(this.clock); this.clock = 0; this.pressed(false); },
  pressed: function (on) {
    if (!this.playing) return;
    this.playing.setAttribute("aria-pressed", on);
    put(this.playing, word(on ? "pause" : "play"));
  },

  reset: function () {
    this.stop();
    this.typing = null;
    this.say("");
    this.set(Object.assign({}, this.first));
  },

  download: function () {
    var view = this, script;
    view.describe();
    if (figpress.save) return figpress.save(view);
    script = document.createElement("script");
    script.src = SOURCE.replace("live.js", "download.js");
    script.onload = function () { figpress.save(view); };
    script.onerror = function () { view.say(word("no_download", { address: script.src })); };
    document.head.appendChild(script);
  }
};

// To ask the page what it shows costs about as much as to write it anew, so what was written last is kept.
function wrote(element, name, value) {
  var last = element.figpressLast || (element.figpressLast = {}), same = last[name] === value;
  last[name] = value;
  return same;
}
function put(element, text) {
  if (!element || wrote(element, "", text)) return;
  var child = element.firstChild;
  // To change a text is cheaper than to put another in its place.
  if (child && child === element.lastChild && child.nodeType === 3) child.data = text; else element.textContent = text;
}
function set(element, name, value) { if (!wrote(element, name, value)) element.setAttribute(name, value); }

function quoted(quote, state, facts) {
  var value = quote.path.reduce(function (inner, part) { return inner === undefined || inner === null ? inner : inner[part]; }, Object.assign({}, state, facts));
  var text = value === undefined || value === null ? word("none") : value === true ? word("yes") : value === false ? word("no") : value;
  if (typeof value === "number") {
    if (value - value !== 0) text = value !== value ? "NaN" : value > 0 ? "\u221e" : "\u2212\u221e";
    // A form that no longer fits, such as words for what is no count now, gives way to digits.
    else try { text = figpress.shown(value, quote.form || ".6g", NUMBERS); } catch (e) { text = figpress.shown(value, ".6g"); }
  }
  put(quote.element, String(text));
  set(quote.element, "value", value);
}

// Places. One number along an axis, in units of the drawing; beyond some sheets away nothing is seen, and renderers fail.
function along(axis, value) {
  var s = axis.scale, at = axis.start + axis.slope * (s[0] === "linear" ? value : figpress.scaled(value, s[0], s[1], s[2], s[3]));
  return at > 1e5 ? 1e5 : at < -1e5 ? -1e5 : Math.round(at * 1000) / 1000;
}

function bind(view, data) {
  return Object.keys(view.figure.artists).map(function (key) {
    var about = view.figure.artists[key], axes = view.figure.axes[about.axes];
    var group = view.svg.querySelector('[id="' + view.root.id + "-" + key + '"]');
    var artist = (about.kind === "text" ? label : line)(group, axes, about, data[key]);
    var xs, ys;
    return { key: key, axes: axes, group: group, move: function (entry) {
      // The very lists of the frame before, such as the points of a data set, are drawn already.
      if (typeof entry.x === "object" && entry.x === xs && entry.y === ys) return;
      xs = entry.x;
      ys = entry.y;
      var empty = entry.text === undefined ? entry.x.length === 0 : entry.text === "";
      if (empty !== (group.getAttribute("visibility") === "hidden")) {
        if (empty) group.setAttribute("visibility", "hidden"); else group.removeAttribute("visibility");
      }
      if (!empty) artist(entry);
    } };
  });
}

function line(group, axes, about) {
  var path = group.querySelector(":scope > path"), marks = Array.from(group.querySelectorAll("use")), shown = [], before = "";
  var known = { x: { values: [], texts: [] }, y: { values: [], texts: [] } };
  // Most points keep a coordinate from one frame to the next; to write a number out is what costs.
  function at(side, i, value) {
    var one = known[side];
    if (one.values[i] !== value) {
      one.values[i] = value;
      one.texts[i] = String(along(axes[side], value));
    }
    return one.texts[i];
  }
  // Each mark stands for one place in the lists: where one has no number, the others need not move up.
  function mark(i, x, y) {
    var one = marks[i] || (marks[i] = marks[0].parentNode.appendChild(marks[0].cloneNode())), last = shown[i] || (shown[i] = {}), seen = x !== undefined;
    if (seen && last.x !== x) one.setAttribute("x", last.x = x);
    if (seen && last.y !== y) one.setAttribute("y", last.y = y);
    if (last.seen === seen) return;
    last.seen = seen;
    if (seen) one.removeAttribute("display"); else one.setAttribute("display", "none");
  }
  return function (entry) {
    var d = "", pen = "M", n = entry.x.length, i, x, y;
    for (i = 0; i < n; i++) {
      x = y = undefined;
      // NaN lifts the pen.
      if (entry.x[i] !== entry.x[i] || entry.y[i] !== entry.y[i]) pen = "M";
      else {
        x = at("x", i, entry.x[i]);
        y = at("y", i, entry.y[i]);
        if (path) { d += pen + x + " " + y; pen = "L"; }
      }
      if (marks.length) mark(i, x, y);
    }
    for (i = n; i < marks.length; i++) mark(i);
    if (about.kind === "area" && d) d += "Z";
    if (path && d !== before) path.setAttribute("d", before = d);
  };
}

function label(group, axes, about, entry) {
  var text = group.querySelector("text"), turn = /rotate\((\S+)/.exec(text.getAttribute("transform") || ""), angle = turn ? +turn[1] : 0;
  if (!angle) text.removeAttribute("transform");
  // Beside the point it belongs to, by as much as Matplotlib put it there.
  var dx = +text.getAttribute("x") - (about.middle ? about.middle[0] : along(axes.x, entry.x));
  var dy = +text.getAttribute("y") - (about.middle ? about.middle[1] : along(axes.y, entry.y));
  return function (entry) {
    var x = along(axes.x, entry.x) + dx, y = along(axes.y, entry.y) + dy;
    put(text, entry.text);
    set(text, "x", x);
    set(text, "y", y);
    if (angle) set(text, "transform", "rotate(" + angle + " " + x + " " + y + ")");
  };
}

// Points that can be dragged get a halo, and a handle as large as a finger; it sets the parameters' own controls, which keep to
// their ranges and are there for the keyboard: whose focus they have, the halo shows.
function handles(view, data) {
  var drag = view.figure.drag;
  if (!view.handles) {
    view.handles = Object.keys(drag).map(function (key) { return handle(view, key, drag[key]); });
    data = view.handles.length && view.figure.data(view.state);
  }
  view.handles.forEach(function (one) { one.follow(data[one.key]); });
}

function handle(view, key, names) {
  var about = view.figure.artists[key], axes = view.figure.axes[about.axes];
  var circle = disc("fp-handle"), halo = disc("fp-halo"), discs = [circle, halo], grip = null;
  function disc(kind) {
    var made = document.createElementNS(view.svg.namespaceURI, "circle");
    made.setAttribute("class", kind);
    return view.svg.appendChild(made);
  }
  // To ask at every frame how large the drawing is would make the browser lay the page out at every frame.
  new ResizeObserver(function () {
    [[circle, 22], [halo, 13]].forEach(function (one) {
      one[0].setAttribute("r", one[1] / ((view.svg.getScreenCTM() || {}).a || 1));
    });
  }).observe(view.svg);
  ["focusin", "focusout"].forEach(function (name) {
    view.form.addEventListener(name, function (event) {
      if (names.indexOf(event.target.name) >= 0) halo.classList.toggle("fp-focus", name === "focusin");
    });
  });
  function at(event) { return new DOMPoint(event.clientX, event.clientY).matrixTransform(view.svg.getScreenCTM().inverse()); }
  circle.addEventListener("pointerdown", function (event) {
    var p = at(event);
    grip = [p.x - circle.getAttribute("cx"), p.y - circle.getAttribute("cy")];
    circle.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  circle.addEventListener("pointermove", function (event) {
    if (!grip) return;
    var p = at(event), next = Object.assign({}, view.state);
    [[names[0], axes.x, p.x - grip[0]], [names[1], axes.y, p.y - grip[1]]].forEach(function (side) {
      if (!side[0]) return;
      // The slider takes the nearest value of its own.
      var slider = view.inputs[side[0]][0], about = view.parameter(side[0]);
      slider.value = (side[2] - side[1].start) / side[1].slope / side[1].scale[3];
      next[about.name] = admitted(about, said(about, slider)).value;
    });
    view.set(next);
  });
  ["pointerup", "pointercancel"].forEach(function (name) { circle.addEventListener(name, function () { grip = null; }); });
  return { key: key, follow: function (entry) {
    discs.forEach(function (one) {
      if (!entry.x.length) return set(one, "display", "none");
      set(one, "display", "inline");
      set(one, "cx", along(axes.x, entry.x[0]));
      set(one, "cy", along(axes.y, entry.y[0]));
    });
  } };
}

// Material swaps pages without loading them anew.
if (window.document$) window.document$.subscribe(start);
figpress.begin();
})();
