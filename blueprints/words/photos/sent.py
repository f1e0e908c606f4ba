"""A photo that was sent: read, or refused in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from marshmallow import ValidationError

from labels.errors import LabelError, PhotosBusy, PictureTooLarge, UnreadablePicture

if TYPE_CHECKING:
    from labels.photos.shrinking import SmallPhoto


def made_small(data: bytes) -> SmallPhoto:
    """Return a photo made small. Raises ValidationError with what is wrong with it."""
    # with the first photo: a server that never sees one holds no library that reads them
    from labels.photos.shrinking import shrink_photo

    try:
        return shrink_photo(data)
    except LabelError as error:
        raise ValidationError(why_unread(error)) from error


def why_unread(error: LabelError) -> str:
    """Return what to do about a photo that cannot be read."""
    if isinstance(error, PhotosBusy):
        return str(_("Other photos are being read just now. Send it again."))
    if isinstance(error, UnreadablePicture):
        return str(
            _(
                "This photo is in a format that cannot be read here (HEIC). Set the phone’s camera "
                "to “Most compatible” or JPEG, or take the photo from this page."
            )
        )
    if isinstance(error, PictureTooLarge):
        return str(_("This photo is too large. Take it with a lower resolution."))
    return str(_("That is no photo that can be read. A JPEG, PNG or WebP, please."))
