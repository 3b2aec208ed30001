// What Python means where JavaScript means something else, for functions compiled by figpress.compiler.
// Language, not mathematics: nothing here knows a formula.
(function () {
"use strict";
var py = {};

function fail(kind, text) { var e = new Error(text); e.name = kind; throw e; }

py.raise = function (text) { fail("ValueError", text); };

py.truth = function (v) {
  if (v === null) return false;
  if (typeof v === "object") return py.len(v) > 0;
  return v !== v || !!v;
};

py.equal = function equal(a, b) {
  if (typeof a === "boolean") a = +a;
  if (typeof b === "boolean") b = +b;
  if (a === null || b === null || typeof a !== "object" || typeof b !== "object") return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  var keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every(function (k) { return Object.hasOwn(b, k) && equal(a[k], b[k]); });
};

py.contains = function (all, one) {
  if (typeof all === "string") return all.indexOf(one) >= 0;
  return py.list(all).some(function (item) { return py.equal(item, one); });
};

py.or = function (a, b) { return py.truth(a) ? a : b(); };
py.and = function (a, b) { return py.truth(a) ? b() : a; };

py.add = function (a, b) { return Array.isArray(a) ? a.concat(b) : a + b; };
py.grown = function (a, b) {
  if (!Array.isArray(a)) return a + b;
  a.push(...py.sequence(b));
  return a;
};

py.repeat = function (many, times) {
  var n = times > 0 ? +times : 0, all = [];
  if (typeof many === "string") return many.repeat(n);
  for (var i = 0; i < n; i++) all = all.concat(many);
  return all;
};

py.div = function (a, b) {
  if (+b === 0) fail("ZeroDivisionError", "division by zero");
  return a / b;
};

py.mod = function (a, b) {
  if (b === 0) fail("ZeroDivisionError", "modulo by zero");
  var rest = a % b;
  if (rest !== 0) return (rest < 0) !== (b < 0) ? rest + b : rest;
  return b < 0 ? -0 : 0;
};

py.floordiv = function (a, b) {
  if (b === 0) fail("ZeroDivisionError", "division by zero");
  var rest = a % b, whole = (a - rest) / b;
  if (rest !== 0 && (rest < 0) !== (b < 0)) whole -= 1;
  if (whole === 0) return a / b < 0 || Object.is(a / b, -0) ? -0 : 0;
  var low = Math.floor(whole);
  return whole - low > 0.5 ? low + 1 : low;
};

// The functions of Python's module math, and **: what is no real number is an error, not NaN or Infinity.
["sqrt", "exp", "expm1", "log", "log10", "log1p", "log2", "sin", "cos", "tan", "atan", "atan2", "tanh"].forEach(function (name) {
  var f = Math[name];
  py[name] = function (a, b) {
    var result = f(a, b);
    if (result - result !== 0) checked(result, a, b === undefined ? 0 : b, /^log/.test(name) ? "ValueError" : "OverflowError");
    return result;
  };
});
py.pow = function (a, b) {
  if (a === 1 || a === -1 && Math.abs(b) === Infinity) return 1;
  return checked(a ** b, a, b, +a === 0 ? "ZeroDivisionError" : "OverflowError");
};
function checked(result, a, b, kind) {
  if (result !== result && a === a && b === b) fail("ValueError", "no real number");
  if (Math.abs(result) === Infinity && a - a === 0 && b - b === 0) fail(kind, "no finite number");
  return result;
}

function place(all, key) { return key < 0 ? all.length + +key : +key; }
function item(all, key) {
  if (typeof key === "string") return Object.hasOwn(all, key) ? all[key] : fail("KeyError", key);
  var found = all[place(all, key)];
  return found === undefined ? fail("IndexError", "no item " + key) : found;
}
py.at = function (all, key, ...more) {
  var found = item(all, key);
  for (key of more) found = item(found, key);
  return found;
};
py.set = function (all, key, value) {
  if (typeof key === "string") all[key] = value;
  else if (item(all, key) !== undefined) all[place(all, key)] = value;
};

py.get = function (dict, key, other) { return Object.hasOwn(dict, key) ? dict[key] : other; };
py.len = function (v) { return typeof v === "string" || Array.isArray(v) ? v.length : Object.keys(v).length; };
py.list = function (v) {
  if (v === undefined) return [];
  return typeof v === "string" || Symbol.iterator in v ? Array.from(v) : Object.keys(v);
};
py.sequence = function (v) { return Array.isArray(v) ? v : py.list(v); };
py.values = Object.values;
py.items = Object.entries;
py.range = function (start, end, step) {
  var made = [], i;
  if (end === undefined) { end = start; start = 0; }
  if (step === undefined) step = 1;
  if (step === 0) fail("ValueError", "a range needs a step");
  for (i = start; step > 0 ? i < end : i > end; i += step) made.push(i);
  return made;
};

// One item at a time: a loop sees what its rounds change.
py.enumerate = function* (v) {
  var i = 0;
  for (var item of py.sequence(v)) yield [i++, item];
};
py.reversed = function* (v) {
  var all = py.sequence(v);
  for (var i = all.length - 1; i >= 0; i--) yield all[i];
};
py.zip = function* (all) {
  var sources = all.map(function (v) { return py.sequence(v)[Symbol.iterator](); });
  for (;;) {
    var next = sources.map(function (source) { return source.next(); });
    if (next.some(function (one) { return one.done; })) return;
    yield next.map(function (one) { return one.value; });
  }
};

function best(better) {
  return function (v) {
    var all = py.list(v), found = all[0];
    if (!all.length) fail("ValueError", "max or min of nothing");
    for (var i = 1; i < all.length; i++) if (better(all[i], found)) found = all[i];
    return found;
  };
}
py.max = best(function (a, b) { return before(b, a); });
py.min = best(before);
py.any = function (v) { return py.list(v).some(py.truth); };
py.all = function (v) { return py.list(v).every(py.truth); };
py.count = function (v) { return v.filter(Boolean).length; };

function before(a, b) {
  if (!Array.isArray(a)) return a < b;
  for (var i = 0; i < a.length && i < b.length; i++) if (!py.equal(a[i], b[i])) return before(a[i], b[i]);
  return a.length < b.length;
}
py.sorted = function (v, reverse) {
  return py.list(v).sort(function (a, b) { return (before(a, b) ? -1 : before(b, a) ? 1 : 0) * (reverse ? -1 : 1); });
};

// To whole numbers; of these, 0 has no sign.
function whole(round) {
  return function (v) {
    if (v - v !== 0) fail(Math.abs(v) === Infinity ? "OverflowError" : "ValueError", "no whole number: " + v);
    return round(v) + 0;
  };
}
py.floor = whole(Math.floor);
py.ceil = whole(Math.ceil);
py.int = whole(function (v) {
  if (typeof v === "string" && !/^[+-]?\d+$/.test(v)) fail("ValueError", "no whole number: " + v);
  return v < 0 ? Math.ceil(v) : Math.floor(v);
});
py.float = function (v) {
  if (typeof v !== "string") return +v;
  var number = Number(v.replace("inf", "Infinity"));
  return v.trim() === "" || number !== number && v !== "nan" ? fail("ValueError", "no number: " + v) : number;
};

// Texts. Where a number lies half-way between two, JavaScript takes the larger and Python the one with an even last digit.
// All digits are asked for only where one digit more would be the number, with a 5 at the end.
function even(text, more, size, places, all) {
  var last = text[text.length - 1];
  if (last % 2 === 0 || +more !== size || !/5(e|$)/.test(more)) return text;
  return /^50*$/.test(all().replace(/e.*/, "").split(".")[1].slice(places)) ? text.slice(0, -1) + (last - 1) : text;
}
function fixed(size, places) {
  if (size >= 1e21) return BigInt(size).toString() + (places ? "." + "0".repeat(places) : "");
  return even(size.toFixed(places), size.toFixed(places + 1), size, places, function () { return size.toFixed(100); });
}
function scientific(size, places) {
  var parts = size.toExponential(places).split("e"), more = size.toExponential(places + 1);
  // From 9.5 to 10, whose digits end otherwise than those of 9.5: already even.
  if (parts[1] === more.split("e")[1]) parts[0] = even(parts[0], more, size, places, function () { return size.toExponential(100); });
  return [parts[0], +parts[1]];
}
function exponent(e) { return (e < 0 ? "e-" : "e+") + (Math.abs(e) < 10 ? "0" : "") + Math.abs(e); }
function trimmed(text) { return text.indexOf(".") < 0 ? text : text.replace(/\.?0*$/, ""); }
function general(size, digits) {
  var parts = scientific(size, (digits || 1) - 1), e = parts[1], text = parts[0].replace(".", "");
  if (e < -4 || e >= (digits || 1)) return trimmed(parts[0]) + exponent(e);
  return trimmed(e < 0 ? "0." + "0".repeat(-e - 1) + text : text.slice(0, e + 1) + "." + text.slice(e + 1));
}

py.str = function (v) {
  if (v === null) return "None";
  if (typeof v === "boolean") return v ? "True" : "False";
  if (typeof v === "number" && v % 1 !== 0 || typeof v === "object") fail("TypeError", "in a text, " + v + " needs a format such as {x:.3g}");
  return String(v);
};

py.format = function (v, spec) {
  var m = /^(\+?)(,?)(?:\.(\d+))?([fged%]?)$/.exec(spec), places = m && (m[3] === undefined ? 6 : +m[3]), size, text, parts;
  if (spec === "") return py.str(v);
  if (!m || typeof v === "string") fail("ValueError", "unknown format " + spec);
  v = +v;
  size = Math.abs(v) * (m[4] === "%" ? 100 : 1);
  if (size !== size) text = "nan";
  else if (size === Infinity) text = "inf";
  else if (m[4] === "f" || m[4] === "%") text = fixed(size, places);
  else if (m[4] === "e") { parts = scientific(size, places); text = parts[0] + exponent(parts[1]); }
  else if (m[4] === "g") text = general(size, places);
  else text = size % 1 ? py.str(size) : fixed(size, 0);
  if (m[4] === "%") text += "%";
  if (m[2]) text = text.replace(/^\d+/, function (digits) { return digits.replace(/\B(?=(\d{3})+$)/g, ","); });
  return (v < 0 || Object.is(v, -0) && /[fge%]/.test(m[4] || "d") ? "-" : m[1]) + text;
};

py.round = function (v, places) {
  if (v - v !== 0) return places === undefined ? py.int(v) : v;
  if (places === undefined) return +py.format(v, ".0f") + 0;
  return places < 0 ? fail("ValueError", "round() to places before the point") : +py.format(v, "." + places + "f");
};

py.join = function (list, between) { return list.join(between); };
py.replace = function (text, old, by) { return text.replaceAll(old, function () { return by; }); };
py.split = function (text, at) { return text.split(at); };
py.capitalize = function (text) { return text.charAt(0).toUpperCase() + text.slice(1).toLowerCase(); };

window.figpress = window.figpress || { live: {} };
window.figpress.python = py;
})();
