"""The store keeps entries whole, and trusts none that is not."""

import hashlib
import os
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from figpress.store import KEPT, Damaged, Parts, Store, pack, unpack


@given(st.dictionaries(st.text(), st.integers() | st.text()), st.dictionaries(st.text(min_size=1), st.binary()))
def test_what_is_packed_is_unpacked(header, parts):
    content = pack(header, parts)
    entry = unpack(content)
    assert entry.header == header
    assert entry.parts(content) == parts


@given(st.data())
def test_an_entry_with_any_byte_changed_missing_or_added_is_refused(tmp_path_factory, data):
    content = pack({"a": 1}, {"part": b"0123456789"})
    place = data.draw(st.integers(0, len(content) - 1))
    changed = bytearray(content)
    changed[place] ^= data.draw(st.integers(1, 255))
    path = tmp_path_factory.getbasetemp() / "one.entry"
    for damaged in (bytes(changed), content[:place], content + b"x"):
        path.write_bytes(damaged)
        with pytest.raises(Damaged, match=r"^one\.entry: "):
            Store(path.parent).load(path)


def test_parts_of_an_entry_that_another_build_has_written_anew_are_whole(tmp_path):
    store = Store(tmp_path)
    entry = store.save("walk", "key", pack({"facts": 1}, {"data": b"{}", "svg": b"drawing"}))
    parts = Parts(entry, ("data", "svg"))
    store.save("walk", "key", pack({"facts": 1000}, {"data": b"{}", "svg": b"drawing"}))
    assert parts.all() == {"data": b"{}", "svg": b"drawing"} and parts.header() == {"facts": 1000}
    for other in ({"data": b"{}", "svg": b"another drawing"}, {"data": b"{}"}):
        store.save("walk", "key", pack({"facts": 1}, other))
        with pytest.raises(Damaged, match="^key.entry: another build"):
            parts.all()
        with pytest.raises(Damaged):
            parts["svg"]


def test_parts_are_read_when_asked_for_and_checked_then(tmp_path):
    store = Store(tmp_path)
    entry = store.save("walk", "key", pack({}, {"svg": b"drawing", "data": b"{}"}))
    files = Parts(entry, ("svg", "png"))
    assert dict(files) == {"svg": b"drawing"} and len(files) == 1
    assert files.hashes == {"svg": hashlib.sha256(b"drawing").hexdigest()}
    with pytest.raises(KeyError):
        files["data"]
    entry.path.write_bytes(entry.path.read_bytes().replace(b"drawing", b"drawinG"))
    with pytest.raises(Damaged):
        files["svg"]
    entry.path.unlink()
    with pytest.raises(Damaged):
        files["svg"]
    # To ask whether it is there reads nothing.
    assert "svg" in files and "data" not in files


def test_names_that_are_no_file_names_get_places_of_their_own(tmp_path):
    store = Store(tmp_path)
    names = ["walk", "Walk", "notebook:a/b.ipynb", "notebook:a-b.ipynb", "../walk", "ω"]
    places = {store.place(name).name.lower() for name in names}
    assert len(places) == len(names)
    assert all(store.place(name).parent == tmp_path for name in names)


def test_the_latest_used_entries_are_kept_and_come_first(tmp_path):
    store = Store(tmp_path)
    for number in range(KEPT):
        entry = store.save("walk", f"key{number}", pack({"n": number}, {}))
        os.utime(entry.path, (number, number))
    store.touch(tmp_path / "walk/key0.entry")
    assert [path.stem for path in store.files("walk")] == [
        "key0",
        *(f"key{number}" for number in range(KEPT - 1, 0, -1)),
    ]
    store.save("walk", "new", pack({}, {}))
    assert [path.stem for path in store.files("walk")] == [
        "new",
        "key0",
        *(f"key{number}" for number in range(KEPT - 1, 1, -1)),
    ]
    # Also where the others have later times, as after the clock was set back.
    for path in store.files("walk"):
        os.utime(path, (time.time() + 3600,) * 2)
    assert store.save("walk", "newer", pack({}, {})).path in store.files("walk")
    assert len(store.files("walk")) == KEPT


def test_what_is_gone_and_what_killed_builds_left_is_removed_but_nothing_else(tmp_path):
    store = Store(tmp_path)
    for name in ("walk", "gone", "shared"):
        store.save(name, "key", pack({}, {}))
    (tmp_path / "shared/of-somebody-else.txt").write_text("x")
    young, old = tmp_path / "walk/young.tmp", tmp_path / "walk/old.tmp"
    for path in (young, old):
        path.write_text("")
    os.utime(old, (time.time() - 3600,) * 2)
    store.prune(["walk"])
    assert [path.stem for path in store.files("walk")] == ["key"]
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")) == [
        "shared/of-somebody-else.txt",
        "walk/key.entry",
        "walk/young.tmp",
    ]


def test_a_disk_that_takes_nothing_leaves_the_entry_in_memory(tmp_path):
    (tmp_path / "file").write_text("")
    entry = Store(tmp_path / "file").save("walk", "key", pack({"a": 1}, {"svg": b"x"}))
    assert entry.path is None
    assert Parts(entry, ("svg",))["svg"] == b"x" and Parts(entry, ()).header() == {"a": 1}
