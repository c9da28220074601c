"""Errors end a command with status 2 and a message."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from monograph_site.cli.options import guarded
from monograph_site.model.errors import MonographError, WorkerCrashed
from monograph_site.preview.server import serve  # noqa: F401  it declares an error of its own


def error_classes(base: type[MonographError] = MonographError) -> Iterator[type[MonographError]]:
    for error_class in base.__subclasses__():
        yield error_class
        yield from error_classes(error_class)


def raised(error: BaseException) -> None:
    raise error


@pytest.mark.parametrize("error_class", [*error_classes(), OSError])
def test_expected_errors_show_their_message(
    error_class: type[Exception], capsys: pytest.CaptureFixture[str]
) -> None:
    error = error_class([] if error_class is WorkerCrashed else "what happened; what to do")
    with pytest.raises(SystemExit) as exit_info:
        guarded(lambda: raised(error))
    assert exit_info.value.code == 2
    assert capsys.readouterr().err == f"Error: {error}\n"


def test_there_are_several_expected_errors() -> None:
    names = {error_class.__name__ for error_class in error_classes()}
    assert names >= {"UsageProblem", "OutputError", "ThemeError", "RenderError", "WorkerCrashed"}
    assert "PortTaken" in names


def test_other_errors_show_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_info:
        guarded(lambda: raised(KeyError("lost")))
    assert exit_info.value.code == 2
    output = capsys.readouterr().err
    assert "Traceback" in output
    assert "KeyError: 'lost'" in output
    assert "internal error of monograph-site" in output
