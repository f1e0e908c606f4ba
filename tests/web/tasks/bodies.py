"""A task, and somebody who came; what is sent to their addresses: all of it right."""

from __future__ import annotations

from typing import Any, Final
from uuid import uuid4

from depot.base.actors import Actor
from depot.joining.commands.coming import Come, come
from depot.rota.commands.tasks import MakeTask, make_task

#: What is sent to each address that names a task, or a line of who came.
TASKS: Final[dict[str, dict[str, Any]]] = {
    "tasks.save": {"name": "Sweep", "steps": "Zzyzx broom"},
    "tasks.take": {},
    "tasks.give_back": {},
    "tasks.ask": {"person_id": "1"},
    "tasks.finish": {},
    "tasks.reopen": {},
    "tasks.call_off": {"why": "No broom"},
    "tasks.tick": {"done": "yes"},
    "tasks_api.finish": {},
    "tasks_api.reopen": {},
    "tasks_api.tick": {},
    "coming.take_back": {},
    "coming_api.come_to": {"person_id": 1},
    "coming_api.leave_from": {"person_id": 1},
    "coming_api.take_back": {},
}


def furnish_tasks(who: Actor, mark: str) -> dict[str, Any]:
    """Write a task down and have somebody come; return what names them."""
    task = MakeTask(command_id=uuid4(), name=f"{mark} floor", steps=(f"{mark} broom",))
    made = make_task(task, who).answer.id
    came = come(Come(command_id=uuid4()), who).answer.id
    return {
        "tasks.activity": made,
        "tasks.number": 1,
        "mark_id": came,
        "task": made,
        "step": 1,
    }


def task_bodies(ids: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """Return a body for each write of programs."""
    task, who = "/activities/{task}", {"person_id": ids["person_id"]}
    return [
        ("POST", "/tasks", {"name": "Sweep", "steps": ["Floor"]}),
        ("POST", f"{task}/steps/{{step}}", {}),
        ("POST", f"{task}/finish", {}),
        ("POST", f"{task}/reopen", {}),
        ("POST", "/come", who),
        ("POST", "/activities/{activity}/come", who),
        ("POST", "/activities/{activity}/leave", who),
        ("POST", "/leave", who),
        ("POST", "/marks/{mark_id}/take-back", {}),
    ]
