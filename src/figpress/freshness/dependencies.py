"""What of a project's code can have mattered to a run, given what ran; and in words what of it changed."""

from collections.abc import Collection, Iterable, Mapping

from figpress.freshness.cutting import ModuleCode, Part

REFLECTION = frozenset(
    "import_module reload modules builtins __import__ __dict__ __globals__ __code__ "
    "__builtins__ __doc__ getdoc _getframe currentframe f_globals f_locals f_lineno tb_lineno co_firstlineno gc "
    "__getattribute__ __dir__ _current_frames getmembers getmodule runpy pkgutil pydoc ctypes get_named_colors_mapping".split()
)
"""Names by which code can reach what it does not name."""

REFLECTING_FUNCTIONS = frozenset("globals locals vars dir eval exec compile help".split())
"""The same, of functions that are there without an import: an attribute of that name, as in ``re.compile``, or a variable
is another thing."""

REFLECTING_MODULES = frozenset({"builtins", "dis"})
"""Modules that give the same to whoever imports them."""

CONTRACT = frozenset({"data", "facts", "draw", "describe", "SIZE", "LIVE"})
"""What the press itself looks for in a figure's module."""


def _is_module(chain: str, code: ModuleCode, modules: Mapping[str, ModuleCode]) -> bool:
    """Whether a dotted use can be a module of the project itself, and not something inside it."""
    root, _, rest = chain.partition(".")
    todo = [".".join(filter(None, (target, rest))) for target in code.aliases.get(root, ())]
    seen: set[str] = set()
    while todo:
        dotted = todo.pop()
        if dotted in modules:
            return True
        seen.add(dotted)
        parts = dotted.split(".")
        longest = next((n for n in range(len(parts) - 1, 0, -1) if ".".join(parts[:n]) in modules), 0)
        if longest:
            # A package may have imported the name from elsewhere.
            targets = modules[".".join(parts[:longest])].aliases.get(parts[longest], ())
            todo.extend({".".join([target, *parts[longest + 1 :]]) for target in targets} - seen)
    return False


def _started_by(name: str, modules: Mapping[str, ModuleCode]) -> set[str]:
    """The modules that may begin to run while one does: those that it imports, and so on, but for its packages, which have begun."""
    started: set[str] = set()
    todo = [name]
    while todo:
        new = {
            other for other in modules[todo.pop()].imports & modules.keys() if not f"{name}.".startswith(f"{other}.")
        }
        todo.extend(new - started)
        started |= new
    return started


def _certainly_fetching(modules: Mapping[str, ModuleCode]) -> set[tuple[str, Part]]:
    """The parts of frames that fetch a name, but can neither fail nor run anything: the module that has it has run by then."""
    started: dict[str, set[str]] = {}
    found = set()
    for code in modules.values():
        for part in code.frame:
            if not part.fetched:
                continue
            source, name = part.fetched
            if source not in modules or name not in modules[source].certain or f"{source}.{name}" in modules:
                continue
            # A module inside of this one cannot have begun before it.
            if not source.startswith(f"{code.name}."):
                if source not in started:
                    started[source] = _started_by(source, modules)
                if code.name in started[source]:
                    continue
            found.add((code.name, part))
    return found


def dependencies(
    modules: Mapping[str, ModuleCode], ran: Iterable[tuple[str, str]], everything_of: Collection[str] = ()
) -> dict[str, object]:
    """All code that can have mattered: by what it is, the hash of its content.

    Args:
        modules: the project's modules that were imported, by name.
        ran: the functions that ran, as (module, qualified name).
        everything_of: modules whose bindings all count, because their constants are what is wanted.
    """
    pieces = [(code, code.frame_uses) for code in modules.values()]
    # Constants that such a module has from another count as its own do.
    taken_over = {name for module in everything_of for name in modules[module].aliases if name.isupper()}
    certain = _certainly_fetching(modules)
    frames = {code.name: [part for part in code.frame if (code.name, part) not in certain] for code in modules.values()}
    imported = {part.fetched[1] for parts in frames.values() for part in parts if part.fetched}
    names, bare = set(CONTRACT) | taken_over, set()
    found: dict[str, object] = {}
    for module, function in ran:
        names.add(function)
        if module in modules and (body := modules[module].bodies.get(function)):
            found[f"function {module}.{function}"] = body.hash
            pieces.append((modules[module], body))
    counted: set[tuple[str, str]] = set()
    whole = any(code.has_star for code in modules.values())
    size = -1
    while pieces or size != len(names):
        for code, piece in pieces:
            names |= piece.names
            imported |= piece.imported
            bare |= piece.bare
            whole = whole or bool(piece.roots & REFLECTING_MODULES)
            whole = whole or any(_is_module(chain, code, modules) for chain in piece.chains)
        pieces, size = [], len(names)
        for code in modules.values():
            # A name imported under another one: whoever uses the second uses the first.
            for alias in code.aliases.keys() & names:
                names.update(target.rpartition(".")[2] for target in code.aliases[alias])
        for code in modules.values():
            wanted = code.bindings if code.name in everything_of else code.bindings.keys() & names
            for name in wanted:
                if (code.name, name) not in counted:
                    counted.add((code.name, name))
                    binding = code.bindings[name]
                    found[f"name {code.name} {name}"] = [binding.label, binding.piece.hash, binding.place]
                    pieces.append((code, binding.piece))
    if whole or names & REFLECTION or bare & REFLECTING_FUNCTIONS:
        return {f"source {name}": code.hash for name, code in modules.items()}
    for code in modules.values():
        found[f"frame {code.name}"] = [[part.label, part.hash] for part in frames[code.name]]
        for name in code.bindings.keys() & imported:
            if (code.name, name) not in counted:
                found[f"existence {code.name} {name}"] = code.bindings[name].place
    return found


def import_roots(modules: Mapping[str, ModuleCode], ran: Iterable[tuple[str, str]]) -> set[str]:
    """The first parts of all names that code which ran imports absolutely."""
    bodies = (modules[module].bodies.get(function) for module, function in ran if module in modules)
    pieces = [*(code.frame_uses for code in modules.values()), *filter(None, bodies)]
    return {root for piece in pieces for root in piece.roots}


def _in_words(label: str, module: str, name: str) -> str:
    match label.partition(" ")[0]:
        case "signature":
            return f"{module}.{name}"
        case "import":
            return f"import of {name} in {module}"
    return f"constant {name} of {module}"


def differences(old: Mapping[str, object], new: Mapping[str, object]) -> list[str]:
    """What changed between two sets of dependencies, in words."""
    lines: list[str] = []
    for key in sorted(old.keys() | new.keys()):
        before, after = old.get(key), new.get(key)
        if before == after:
            continue
        kind, subject, *rest = key.split(" ")
        verb = "is gone" if after is None else "is new" if before is None else "changed"
        if kind == "function":
            lines.append(f"{subject} {verb}")
        elif kind in ("name", "existence"):
            label = (after or before)[0] if kind == "name" else "name"
            moved = before is not None and after is not None and (kind == "existence" or before[:2] == after[:2])
            what = _in_words(label, subject, rest[0])
            suffix = "'s signature" if label.startswith("signature") and verb == "changed" and not moved else ""
            lines.append(f"{what}{suffix} {'moved' if moved else verb}")
        elif kind == "source":
            lines.append(f"module {subject} {verb}")
        elif before is None or after is None:
            lines.append(f"module {subject} {verb}")
        else:
            missing = [part for part in before if part not in after] + [part for part in after if part not in before]
            labels = list(dict.fromkeys(label for label, _ in missing)) or ["the order of statements"]
            lines.extend(f"{label} of {subject} changed" for label in labels)
    return lines
