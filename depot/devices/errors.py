"""What stands between somebody and a device of the depot's own."""

from __future__ import annotations

from depot.base.errors import Forbidden, SignInFailed
from depot.base.text import N_


class PinWrong(SignInFailed):
    """Another PIN than that of whoever's name was tapped."""

    code = "pin_wrong"
    template = N_("That is not the PIN of %(name)s.")


class PinMissing(Forbidden):
    """The depot asks for a PIN, and they have none."""

    code = "pin_missing"
    template = N_("%(name)s has no PIN yet. Make one on your own phone, under “Your account”.")
