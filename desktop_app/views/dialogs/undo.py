"""A deletion announced with « Annuler », which takes the whole transaction back."""

from collections.abc import Callable
from typing import Any

from desktop_app.services.changes import Outcome
from desktop_app.views.runtime.context import ScreenContext


def run_with_undo(
    context: ScreenContext,
    call: Callable[[], Outcome[Any]],
    message: str | Callable[[Any], str],
    *,
    initiator: object = None,
    done: Callable[[], object] | None = None,
) -> None:
    """Runs the write, then offers to undo it. A refusal is said at the foot of the window.

    ``message`` may be made from what the write returned.
    """
    clocks: list[str] = []

    def write() -> Outcome[Any]:
        outcome = call()
        clocks.append(outcome.hlc)
        return outcome

    def undo() -> None:
        history = context.services.history
        context.operations.run(lambda: history.undo(clocks[-1]), undoable=False)

    def announce(value: object) -> None:
        if done is not None:
            done()
        said = message if isinstance(message, str) else message(value)
        context.notify.show(said, "Annuler", undo)

    context.operations.run(
        write,
        initiator=initiator,
        done=announce,
        failed=context.notify.show,
    )
