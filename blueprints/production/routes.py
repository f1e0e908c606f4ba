"""The addresses of cooking and packing, of recipes, and of where a lot came from and went."""

from __future__ import annotations

from flask import Blueprint

from blueprints.frame.web import add_routes
from blueprints.production import api, lists, pages, recipes
from blueprints.production.freezing import api as freezing_api
from blueprints.production.freezing import pages as freezing
from blueprints.production.parcels import api as parcels_api
from blueprints.production.parcels import households
from blueprints.production.parcels import lists as parcel_lists
from blueprints.production.parcels import pages as parcels

bp = Blueprint("production", __name__)
blp = api.blp

add_routes(
    bp,
    ("GET", "", "index", pages.index),
    ("POST", "", "produce", pages.produce),
    ("GET", "/<int:entry_id>/apart", "apart", pages.apart),
    ("POST", "/<int:entry_id>/apart", "do_apart", pages.do_apart),
    ("GET", "/lots/<int:lot_id>", "lot", pages.lot),
    ("GET", "/lots/<int:lot_id>.<ending>", "lot_file", lists.lot_file),
    ("GET", "/lots/<int:lot_id>/freeze", "ask_freeze", freezing.ask_freeze),
    ("POST", "/lots/<int:lot_id>/freeze", "freeze", freezing.freeze),
    ("GET", "/lots/<int:lot_id>/thaw", "ask_thaw", freezing.ask_thaw),
    ("POST", "/lots/<int:lot_id>/thaw", "thaw", freezing.thaw),
    ("GET", "/frozen", "frozen_lives", freezing.lives),
    ("POST", "/frozen", "save_frozen_life", freezing.save_life),
    ("GET", "/frozen.<ending>", "frozen_lives_file", freezing.lives_file),
    ("GET", "/made.<ending>", "made_file", lists.made_file),
    ("GET", "/recipes", "recipes", recipes.recipes),
    ("GET", "/recipes.<ending>", "recipes_file", lists.recipes_file),
    ("GET", "/recipes/<int:recipe_id>", "recipe", recipes.recipe),
    ("GET", "/recipes/new", "new_recipe", recipes.EDITOR.new),
    ("POST", "/recipes/new", "create_recipe", recipes.EDITOR.create),
    ("GET", "/recipes/<int:recipe_id>/edit", "edit_recipe", recipes.EDITOR.edit),
    ("POST", "/recipes/<int:recipe_id>/edit", "update_recipe", recipes.EDITOR.update),
    ("GET", "/parcels", "parcels", parcels.parcels),
    ("GET", "/parcels.<ending>", "parcels_file", parcel_lists.parcels_file),
    ("GET", "/parcels/<int:parcel_id>", "parcel", parcels.parcel),
    ("GET", "/parcels/new", "new_parcel", parcels.EDITOR.new),
    ("POST", "/parcels/new", "create_parcel", parcels.EDITOR.create),
    ("GET", "/parcels/<int:parcel_id>/edit", "edit_parcel", parcels.EDITOR.edit),
    ("POST", "/parcels/<int:parcel_id>/edit", "update_parcel", parcels.EDITOR.update),
    ("GET", "/parcels/<int:parcel_id>/households", "households", households.households),
    ("POST", "/parcels/<int:parcel_id>/households", "plan_parcels", households.save_plan),
    (
        "GET",
        "/parcels/<int:parcel_id>/households.pdf",
        "households_paper",
        households.households_paper,
    ),
    (
        "GET",
        "/parcels/<int:parcel_id>/households.<ending>",
        "households_file",
        households.households_file,
    ),
)

add_routes(
    blp,
    ("POST", "/production", "create", api.create),
    ("POST", "/recipes", "save", api.save),
    ("GET", "/recipes", "list_recipes", api.list_recipes),
    ("POST", "/freezing", "freeze", freezing_api.freeze),
    ("POST", "/thawing", "thaw", freezing_api.thaw),
    ("POST", "/frozen-lives", "save_frozen_life", freezing_api.save_life),
    ("GET", "/frozen-lives", "list_frozen_lives", freezing_api.list_lives),
    ("POST", "/parcels", "save_parcel", parcels_api.save),
    ("GET", "/parcels", "list_parcels", parcels_api.list_parcels),
    ("GET", "/parcels/<int:parcel_id>", "get_parcel", parcels_api.get),
    ("PATCH", "/parcels/<int:parcel_id>", "change_parcel", parcels_api.change),
)
