"""What the open book tells when it changes: the tables that hold what a depot is set to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from depot.base.kinds import SettingKind


@dataclass(frozen=True, slots=True)
class Told:
    """How the changes of a table are told: as which kind, and those of which columns."""

    kind: SettingKind
    columns: tuple[str, ...]
    #: A new row is a change. Where it is not, the list of such rows shows what is new.
    is_new_told: bool = True
    #: Rows in which this column is set are somebody's own, and nothing that the depot is set to.
    own: str = ""
    #: What else tells of it: other kinds, or "right", a change in the chain of rights.
    also: tuple[str, ...] = ()


def _told(
    kind: SettingKind, columns: str, *also: str, is_new_told: bool = True, own: str = ""
) -> Told:
    return Told(kind, tuple(columns.split()), is_new_told, own, also)


_SHELF_LIFE: Final = "shelf_life_amount shelf_life_unit shelf_life_source"
_SHEET: Final = (
    "name archived page_width_micrometres page_height_micrometres label_width_micrometres"
    " label_height_micrometres left_micrometres top_micrometres pitch_x_micrometres"
    " pitch_y_micrometres across down"
)
_PRINTER: Final = (
    "name archived kind sheet offset_x_tenths offset_y_tenths label_width_tenths"
    " label_height_tenths dpi model is_native host port"
)
_DEPOT: Final = (
    "name time_zone week_start weight_unit paper_size date_order language"
    " needs_second_factor"
    " second_kinds second_write_off_grams second_days asks_pin"
)
#: By the tables' names, so that none need be loaded. One that stands neither here nor among those
#: that a test names with its reason fails.
TOLD: Final[Mapping[str, Told]] = MappingProxyType(
    {
        "age_band": _told("age_bands", "version from_age to_age"),
        "api_token": _told("token", "name role revoked_at"),
        "category": _told(
            "category",
            f"name {_SHELF_LIFE} average_unit_milligrams is_food archived",
            is_new_told=False,
        ),
        "conduct_wording": _told("conduct", "version"),
        "confidant": _told("conduct", "person_id name", "erasure", "right"),
        "depot": _told("depot", _DEPOT, is_new_told=False),
        "depot_device": _told("depot", "name ended_at"),
        "depot_link": _told("network", "shares", is_new_told=False),
        "donor_letter": _told("donor_letter", "sender thanks says_nothing_in_return"),
        "frozen_life": _told("frozen_life", "frozen_days frozen_months thawed_days source"),
        "goods_value": _told("goods_value", "minor_units per currency valid_from source"),
        "handbook_page": _told("handbook", "version"),
        "item": _told("item", f"unit_weight_milligrams {_SHELF_LIFE}", is_new_told=False),
        "label_sheet": _told("label_sheet", _SHEET),
        "mail_setting": _told("mail", "hour"),
        "meal_factor": _told(
            "meal_factor", "grams_per_meal stated source version is_chosen", "meal_factor_chosen"
        ),
        "name_sheet_setting": _told("name_sheets", "is_on years columns statement"),
        "need_rule": _told(
            "need_rule", "share_permille minimum_quantity said said_until note is_left_out"
        ),
        "needs_setting": _told(
            "needs",
            "at_door on_poster on_page as_json as_feed words"
            " latitude_microdegrees longitude_microdegrees",
        ),
        "network_peer": _told("network", "name public_key ended_at"),
        "parcel": _told("parcel", "archived", is_new_told=False),
        "parcel_version": _told("parcel", "version"),
        "printer": _told("printer", _PRINTER),
        "recipe": _told("recipe", "archived", is_new_told=False),
        "recipe_version": _told("recipe", "version"),
        "report_form": _told("report_form", "name definition archived"),
        "report_subscription": _told("mail", "ended_at", "erasure", own="person_id"),
        "shared_category": _told("network", "category_id"),
        "tare_box": _told("tare_box", "name grams archived"),
        "temperature_rule": _told(
            "temperature_rule", "kind lowest_tenths highest_tenths every_hours source archived"
        ),
        "value_setting": _told("in_kind", "currency in_reports on_receipts"),
        "visit_setting": _told("visits", "is_on"),
        # its address may hold a secret: the host alone is told, where one is made
        "webhook": _told("webhook", "name ended_at"),
    }
)
