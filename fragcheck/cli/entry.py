"""Where every command begins and ends: exit codes, and one line for what went wrong."""

from __future__ import annotations

import os
import sys
from typing import NoReturn, cast

import typer

from fragcheck.cli import (
    aligning,
    app_launch,
    batching,
    comparing,
    corpus,
    importing,
    informing,
    projects,
    provisions,
    redlining,
    review_importing,
    review_reading,
    reviewing,
    training,
    verifying,
)
from fragcheck.errors import FragcheckError
from fragcheck.version import __version__

__all__ = ["app", "main"]

#: What is wrong with a command line, as typer's parser raises it; typer gives its base no name of its own.
_WrongUsage = cast("type[Exception]", typer.BadParameter.__mro__[1])
_INTERRUPTED = 130

app = typer.Typer(
    name="fragcheck",
    help="Measure how AI regulations of several jurisdictions diverge.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.command("parse")(provisions.parse)
app.command("annotate")(provisions.annotate)
app.command("align")(aligning.align)
app.command("compare")(comparing.compare)
app.command("batch")(batching.batch)
app.command("verify")(verifying.verify)
app.command("redline")(redlining.redline)
app.command("train")(training.train)
app.command("evaluate")(training.evaluate)
app.command("app")(app_launch.serve)
app.command("info")(informing.info)
app.add_typer(corpus.app, name="corpus")
app.add_typer(projects.app, name="project")
app.add_typer(importing.app, name="import")

review = typer.Typer(
    help="What people say of the findings of a project, and the log of it.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)
review.command("queue")(review_reading.queue)
review.command("tag")(reviewing.tag)
review.command("type")(reviewing.type_)
review.command("parameter")(reviewing.parameter)
review.command("match")(reviewing.match)
review.command("relation")(reviewing.relation)
review.command("crosswalk")(review_importing.crosswalk)
review.command("withdraw")(reviewing.withdraw)
review.command("list")(review_reading.list_)
review.command("log")(review_reading.log)
review.command("verify")(review_reading.verify)
review.command("agreement")(review_reading.agreement)
review.command("labels")(review_reading.labels)
app.add_typer(review, name="review")


def _show_version(value: bool) -> None:
    if value:
        typer.echo(f"fragcheck {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: bool = typer.Option(
        False,
        "--version",
        callback=_show_version,
        is_eager=True,
        help="Show the version and stop.",
    ),
) -> None:
    """Measure how AI regulations of several jurisdictions diverge.

    Exit status: 0 done, 1 done but something was left unread, 2 wrong usage or bad input.
    """


def main() -> None:
    """Run the command line; never shows a traceback unless ``FRAGCHECK_DEBUG`` is set."""
    try:
        status = app(standalone_mode=False)
    except FragcheckError as error:
        _fail(str(error))
    except typer.Abort:
        _fail("an answer was wanted and none came; nothing was done")
    except BrokenPipeError:
        # The reader of our output (head, less) has gone: nothing more to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        status = _INTERRUPTED
    except _WrongUsage as error:
        _refuse(error)
    except Exception as error:
        if os.environ.get("FRAGCHECK_DEBUG"):
            raise
        _fail(
            f"a fault in fragcheck itself stopped the command ({type(error).__name__}: {error}); "
            f"please report it with the output of FRAGCHECK_DEBUG=1 {' '.join(sys.argv[:2])} …"
        )
    if status == _INTERRUPTED:
        sys.stderr.write(
            "fragcheck: interrupted; what was finished is kept, the same command goes on from there\n"
        )
    sys.exit(status)


def _refuse(error: Exception) -> NoReturn:
    """One line for a command line that cannot be understood; a group that is named alone shows its help."""
    message, context = error.format_message(), error.ctx  # type: ignore[attr-defined]  # of a base without a name
    if context is None:
        _fail(message)
    if type(error).__name__ == "NoArgsIsHelpError":
        error.show()  # type: ignore[attr-defined]
        sys.exit(2)
    words = context.command_path.removeprefix("python -m ")
    _fail(f"{message.rstrip('.')}; see `{words} -h`")


def _fail(message: str) -> NoReturn:
    one_line = " ".join(message.split())
    sys.stderr.write(f"fragcheck: {one_line}\n")
    sys.exit(2)
