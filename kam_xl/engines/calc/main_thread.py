"""Calls that run in the main thread of an office.

A call from outside runs in a thread of its own, and what Calc destroys there its main thread may be about to use: the
timers of conditional formats when a sheet comes from another document, those of windows when a document closes. Now and
then the office crashes of it, and it never gives back all the memory. An office calls back in its main thread, though,
and what is called from within such a call runs there as well.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from kam_xl.engines.calc.bridge import service, uno

Result = TypeVar("Result")

_LOOK_SECONDS = 2.0
_called_back = threading.local()


def run(context: Any, task: Callable[[], Result]) -> Result:
    """What a task answers or raises, run in the main thread of another process.

    Parameters
    ----------
    context : XComponentContext
        Of the office.
    task : callable
        Whatever it asks of the office happens there. Ctrl-C waits for the end of what has begun.
    """
    if getattr(_called_back, "now", False):
        return task()
    call = _Call(task)
    try:
        service(context, "awt.AsyncCallback").addCallback(call, None)
        call.wait(context)
    except KeyboardInterrupt:
        if not call.cancel():
            call.wait(context)
        raise
    return call.result()


class _Call(Generic[Result]):
    """A task as a ``com.sun.star.awt.XCallback``."""

    def __init__(self, task: Callable[[], Result]) -> None:
        self._task, self._done = task, threading.Event()
        self._turn = threading.Lock()  # of who comes first: the office, or somebody who cancels
        self._results: list[Result] = []
        self._error: BaseException | None = None

    def getTypes(self) -> tuple[Any, ...]:  # noqa: N802 (XTypeProvider)
        return (uno().getTypeByName("com.sun.star.awt.XCallback"),)

    def getImplementationId(self) -> Any:  # noqa: N802 (XTypeProvider)
        return uno().ByteSequence(b"")

    def notify(self, _: object) -> None:
        """Called by the office."""
        if not self._turn.acquire(blocking=False):
            return
        _called_back.now = True
        try:
            self._results.append(self._task())
        except BaseException as error:  # noqa: BLE001 (raised where the task came from)
            self._error = error
        finally:
            _called_back.now = False
            self._done.set()

    def cancel(self) -> bool:
        """Keep the task from running; False where it has begun."""
        return self._turn.acquire(blocking=False)

    def wait(self, context: Any) -> None:
        """Until the task is done; an office that is gone meanwhile raises a ``DisposedException``."""
        while not self._done.wait(_LOOK_SECONDS):
            context.getServiceManager()

    def result(self) -> Result:
        if self._error is not None:
            raise self._error
        return self._results[0]
