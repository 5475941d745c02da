"""LibreOffice as a process of ours, or one that runs already: starting, connecting, stopping.

with start() as office:
    document = office.desktop.loadComponentFromURL(...)
"""

from __future__ import annotations

import atexit
import subprocess
import time
import uuid
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from kam_xl.engines.calc import main_thread
from kam_xl.engines.calc.bridge import environment, office_binary, properties, service, uno
from kam_xl.engines.calc.errors import NoOfficeError, NotAnsweringError
from kam_xl.engines.calc.main_thread import Result
from kam_xl.files.temporary import temporary_folder
from kam_xl.locale import Text

START_SECONDS, STOP_SECONDS = 90.0, 15.0
_PAUSES = (0.05, 0.2, 0.5)  # seconds
_RESTART = 81  # LibreOffice's exit code after it has set up a new profile: start me again
_OPTIONS = ("--norestore", "--nologo", "--nodefault", "--nofirststartwizard")
_FEW_ARENAS = ("MALLOC_ARENA_MAX", "2")  # each call is another thread; memory in as many pieces would go on growing


class Office:
    """A running LibreOffice.

    Attributes
    ----------
    context : XComponentContext
        The root of everything in it.
    desktop : com.sun.star.frame.Desktop
        Its open documents.
    pid : int or None
        Of a process that we started; None for one that was there before, or in which we run.
    """

    def __init__(self, context: Any, started: _Started | None = None, *, within: bool = False) -> None:
        self.context, self._started, self._within = context, started, within
        self.desktop = service(context, "frame.Desktop")

    @property
    def pid(self) -> int | None:
        return self._started.process.pid if self._started else None

    @property
    def running(self) -> bool:
        """Whether it answers."""
        try:
            self.desktop.getCurrentFrame()
        except _gone():
            return False
        return True

    def run(self, task: Callable[[], Result]) -> Result:
        """What a task answers that opens or closes documents, or adds, moves or removes parts: see `main_thread`."""
        return task() if self._within else main_thread.run(self.context, task)

    def stop(self) -> None:
        """End a process that we started, with its temporary profile; one that was there before stays."""
        if self._started:
            with suppress(*_gone()):  # it may be gone before it answers
                self.run(lambda: _close_all(self.desktop))
                self.desktop.terminate()
            self._started.stop()

    def kill(self) -> None:
        """End a process that we started at once; what was not saved is lost."""
        if self._started:
            self._started.kill()

    def __enter__(self) -> Office:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()


def start(
    *, visible: bool = False, profile: Path | None = None, log: IO[bytes] | None = None, options: tuple[str, ...] = ()
) -> Office:
    """Start a LibreOffice of our own, beside those that run already.

    Parameters
    ----------
    visible : bool
        With windows, which need a screen.
    profile : Path, optional
        The folder of its settings and extensions; by default a temporary one.
    log : file, optional
        Where its messages go.
    options : tuple of str
        More options of the command line, ``-env:BUNDLED_EXTENSIONS=file:///…``.

    Raises
    ------
    NoOfficeError
        If there is none, or it does not start.
    """
    uno()
    started = _Started(visible, profile, log, options)
    try:
        office = Office(started.context(), started)
        _without_overlay_buffer(office.context)
    except BaseException:
        started.kill()
        raise
    return office


def _without_overlay_buffer(context: Any) -> None:
    """Have cursors and frames painted at once.

    The buffer is painted by a timer, which may go off between two of our calls and meet a sheet that is no more: in
    hidden windows LibreOffice crashes there once in ten copies from one document into another.
    """
    provider = service(context, "configuration.ConfigurationProvider")
    node = properties(nodepath="/org.openoffice.Office.Common/Drawinglayer")
    settings = provider.createInstanceWithArguments("com.sun.star.configuration.ConfigurationUpdateAccess", node)
    settings.OverlayBuffer = False
    settings.commitChanges()


def connect(address: str) -> Office:
    """Connect to a LibreOffice that was started with ``--accept=<address>;urp``.

    Parameters
    ----------
    address : str
        ``pipe,name=kam`` or ``socket,host=localhost,port=2002``.

    Raises
    ------
    NotAnsweringError
        If none listens there.
    """
    try:
        return Office(_answering(address))
    except _gone() as error:
        raise NotAnsweringError(
            Text("no running LibreOffice answered"),
            where=address,
            remedy=Text('Start one with: soffice --accept="{address};urp"', address=address),
        ) from error


def _answering(address: str) -> Any:
    """The context of an office; the bridge of who left it a moment ago may still be closing, and is given once more."""
    for pause in _PAUSES:
        with suppress(uno().getClass("com.sun.star.lang.DisposedException")):
            return _resolve(address)
        time.sleep(pause)
    return _resolve(address)


def _gone() -> tuple[type[Exception], ...]:
    names = (
        "beans.UnknownPropertyException",  # of an object that answers no more
        "connection.NoConnectException",
        "lang.DisposedException",
        "uno.RuntimeException",
    )
    return tuple(uno().getClass(f"com.sun.star.{name}") for name in names)


def _resolve(address: str) -> Any:
    resolver = service(uno().getComponentContext(), "bridge.UnoUrlResolver")
    return resolver.resolve(f"uno:{address};urp;StarOffice.ComponentContext")


class _Started:
    """A process of ours, and what is to be cleared away after it."""

    def __init__(self, visible: bool, profile: Path | None, log: IO[bytes] | None, options: tuple[str, ...]) -> None:
        binary = office_binary()
        if binary is None:
            raise NoOfficeError(
                Text("LibreOffice was not found"), remedy=Text("Install LibreOffice Calc, version 25.2 or later.")
            )
        self._temporary = ExitStack()
        home = (profile or self._temporary.enter_context(temporary_folder("office"))).absolute()
        self._address = f"pipe,name=kam{uuid.uuid4().hex[:12]}"
        hidden = () if visible else ("--headless", "--invisible")
        self._command = [
            str(binary),
            f"-env:UserInstallation={home.as_uri()}",
            f"--accept={self._address};urp",
            *_OPTIONS,
            *hidden,
            *options,
        ]
        self._log = log
        self.process = self._launch()
        atexit.register(self.kill)

    def _launch(self) -> subprocess.Popen[bytes]:
        surroundings = environment()
        surroundings.setdefault(*_FEW_ARENAS)
        output = self._log or subprocess.DEVNULL
        return subprocess.Popen(self._command, env=surroundings, stdin=subprocess.DEVNULL, stdout=output, stderr=output)  # noqa: S603 (our own command)

    def context(self) -> Any:
        """The context of the process, once it answers."""
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            with suppress(*_gone()):
                return _resolve(self._address)
            self._look()
            time.sleep(0.1)
        raise NoOfficeError(Text("LibreOffice did not answer within {n:count} seconds", n=int(START_SECONDS)))

    def _look(self) -> None:
        code = self.process.poll()
        if code == _RESTART:
            self.process = self._launch()
        elif code is not None:
            raise NoOfficeError(Text("LibreOffice exited while it was starting"), got=code)

    def stop(self) -> None:
        """Wait for the end of a process that was asked to end; kill it if need be."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(STOP_SECONDS)
        self.kill()

    def kill(self) -> None:
        """End the process, if it still runs, and remove its profile."""
        atexit.unregister(self.kill)
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(STOP_SECONDS)
        self._temporary.close()


def _close_all(desktop: Any) -> None:
    """Close all documents without asking: a question nobody sees would keep the process."""
    documents = desktop.getComponents().createEnumeration()
    while documents.hasMoreElements():
        document = documents.nextElement()
        if hasattr(document, "setModified"):
            document.setModified(False)
            document.close(True)
