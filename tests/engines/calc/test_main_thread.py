"""Tasks in the main thread of an office."""

import _thread
import signal
import time

import pytest

from kam_xl.engines.calc.process import start

pytestmark = pytest.mark.slow


@pytest.fixture
def office(app):
    return app.impl.office


def test_a_task_answers(office):
    assert office.run(lambda: office.desktop.supportsService("com.sun.star.frame.Desktop")) is True


def test_a_task_within_a_task_does_not_wait_for_itself(office):
    assert office.run(lambda: office.run(lambda: office.run(lambda: "done"))) == "done"


def test_what_a_task_raises_is_raised_and_the_next_task_runs(office):
    with pytest.raises(ZeroDivisionError):
        office.run(lambda: 1 / 0)
    assert office.run(lambda: 7) == 7


def test_what_the_office_refuses_is_raised(office, sheet):
    import uno

    with pytest.raises(uno.getClass("com.sun.star.container.NoSuchElementException")):
        office.run(lambda: sheet.book.api.getSheets().getByName("none"))


@pytest.fixture
def interruptible():
    """Ctrl+C means KeyboardInterrupt, also where the tests run in the background of a shell: there it is ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_an_interruption_waits_for_the_end_of_the_task(office):
    ended = []

    def task():
        _thread.interrupt_main()
        time.sleep(0.3)
        ended.append(True)

    with pytest.raises(KeyboardInterrupt):
        office.run(task)
    assert ended == [True]


def test_a_task_in_an_office_that_is_gone_fails():
    with start() as gone:
        gone.kill()
        with pytest.raises(Exception, match=r"Binary URP bridge|ServiceManager"):
            gone.run(lambda: None)
