"""The addresses of reports, of filed ones, of forms and of meal factors."""

from __future__ import annotations

from flask import Blueprint

from blueprints.frame.web import add_routes
from blueprints.reports import api, filed, in_kind, lists, meal_factors, pages
from blueprints.reports.forms import pages as form_pages

bp = Blueprint("reports", __name__)
blp = api.blp

add_routes(
    bp,
    ("GET", "/forms", "form_list", form_pages.form_list),
    ("GET", "/forms/<key>", "form", form_pages.form),
    ("GET", "/forms/<key>.<ending>", "form_file", form_pages.form_file),
    ("GET", "/forms/new", "new_form", form_pages.new_form),
    ("POST", "/forms/new", "create_form", form_pages.create_form),
    ("GET", "/forms/<key>/edit", "edit_form", form_pages.edit_form),
    ("POST", "/forms/<key>/edit", "update_form", form_pages.update_form),
    ("GET", "/weekly", "weekly", pages.weekly),
    ("GET", "/period", "period", pages.period),
    ("GET", "/weekly.<ending>", "weekly_file", pages.weekly_file),
    ("GET", "/period.<ending>", "period_file", pages.period_file),
    ("POST", "/file", "file", filed.file),
    ("GET", "/filed", "filed_list", filed.filed_list),
    ("GET", "/filed/<int:number>", "filed", filed.filed),
    ("GET", "/filed/<int:number>.<ending>", "filed_file", filed.filed_file),
    ("GET", "/filed/<int:number>/late", "late", filed.late),
    ("POST", "/meals/choose", "choose_factor", meal_factors.choose_factor),
    ("GET", "/meals", "meals", meal_factors.EDITOR.new),
    ("POST", "/meals", "add_factor", meal_factors.EDITOR.create),
    ("GET", "/meals/list.<ending>", "factors_file", lists.factors_file),
    ("GET", "/meals/<int:factor_id>/edit", "edit_factor", meal_factors.EDITOR.edit),
    ("POST", "/meals/<int:factor_id>/edit", "update_factor", meal_factors.EDITOR.update),
    ("GET", "/values", "values", in_kind.index),
    ("POST", "/values", "save_values", in_kind.save),
    ("POST", "/values/new", "add_value", in_kind.add),
    ("POST", "/values/<int:value_id>/drop", "drop_value", in_kind.drop),
    ("GET", "/values/list.<ending>", "values_file", in_kind.values_file),
    ("GET", "/filed/list.<ending>", "filed_list_file", lists.filed_list_file),
)

add_routes(
    blp,
    ("GET", "/reports/weekly", "weekly", api.weekly),
    ("GET", "/reports/period", "period", api.period),
    ("POST", "/reports/weekly/<week>/file", "file_week", api.file_week),
    ("POST", "/reports/filed", "file_period", api.file_period),
    ("GET", "/reports/filed", "filed_list", api.filed_list),
    ("GET", "/reports/filed/<int:number>", "filed", api.filed),
    ("GET", "/reports/filed/<int:number>/late", "late", api.late),
    ("GET", "/reports/forms", "forms", api.forms),
    ("GET", "/reports/forms/<key>", "form", api.form),
)
