"""A build that goes on while pages are read."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future

from figpress.making.processes import submit
from figpress.making.result import Build, Item, Result


class Awaited(Mapping):
    """Things by name that are still being made: asking for one waits for it, and going through them waits for all."""

    def __init__(self, names: Iterable[str]):
        self._futures: dict[str, Future] = {name: Future() for name in sorted(names)}

    def __getitem__(self, name: str) -> object:
        return self._futures[name].result()

    def __contains__(self, name: object) -> bool:
        # Mapping's own would get the thing, and wait for it.
        return name in self._futures

    def __iter__(self) -> Iterator[str]:
        return iter(self._futures)

    def __len__(self) -> int:
        return len(self._futures)

    def is_here(self, name: str) -> bool:
        """Whether asking for it would not have to wait."""
        return name in self._futures and self._futures[name].done()

    def put(self, name: str, thing: object) -> None:
        """It is made."""
        self._futures[name].set_result(thing)

    def give_up(self, error: BaseException) -> None:
        """What is not made by now will not be: whoever asks for it gets the error."""
        for future in self._futures.values():
            if not future.done():
                future.set_exception(error)


class Running:
    """A build in a thread of its own. ``results`` and ``notebooks`` are those of the ``Build``, each there once it is made.

    Where the build fails, asking for what it could not make raises its error, and so does ``finish``.
    """

    def __init__(self, items: list[Item], build: Callable[[Callable[[Item, object], None]], Build]):
        self.results = Awaited(item.name for item in items if item.kind == "figure")
        self.notebooks = Awaited(item.name for item in items if item.kind == "notebook")
        self._built = submit(self._run, build)

    def _run(self, build: Callable[[Callable[[Item, object], None]], Build]) -> Build:
        try:
            return build(self._put)
        except BaseException as error:
            for awaited in (self.results, self.notebooks):
                awaited.give_up(error)
            raise

    def _put(self, item: Item, thing: Result | bytes | None) -> None:
        if item.kind != "settings":
            (self.results if item.kind == "figure" else self.notebooks).put(item.name, thing)

    def finish(self) -> Build:
        """Wait until all is made.

        Raises:
            FigureError, ValueError: as ``Press.build`` does.
        """
        return self._built.result()
