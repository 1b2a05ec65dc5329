"""From a bound Django field to the parameters of the GOV.UK macro that shows it."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.widgets import Input
from markupsafe import Markup

from waymark.ui.dates import PartsWidget
from waymark.ui.forms import LONGEST, flat, revealed_by

Params = dict[str, Any]
WIDTHS = {"day": "2", "month": "2", "year": "4", "age": "3"}
PLAIN = ("autocomplete", "inputmode", "autocapitalize", "pattern")
# said by the form's own rules instead, and by the browser too early, too late or by cutting off
LEFT_OUT = {
    *("maxlength", "minlength", "required", "rows", "cols"),
    *("min", "max", "step", "class", "spellcheck"),
}


def error_list(form: forms.BaseForm) -> list[dict[str, str]]:
    """The items of the error summary in page order, each linking to the input to change."""
    items = [{"text": str(message)} for message in form.non_field_errors()]
    for field in form:
        for message in field.errors:
            link = {} if field.is_hidden else {"href": f"#{first_input(field)}"}
            items.append({"text": str(message), **link})
    return items


def is_revealed(form: forms.BaseForm, field: BoundField) -> bool:
    """Whether a choice of another question reveals this one, so that it is printed there."""
    fields = form.fields.values()
    return any(field.name == shown for other in fields for _, shown in revealed_by(other))


def first_input(field: BoundField) -> str:
    """The id of the input that an error of `field` is about."""
    widget = field.field.widget
    if not isinstance(widget, PartsWidget):
        return field.auto_id
    wrong = wrong_parts(field) or widget.parts
    return f"{field.auto_id}-{next(part for part in widget.parts if part in wrong)}"


def wrong_parts(field: BoundField) -> set[str]:
    """The parts of a date that must be changed."""
    widget = field.field.widget
    every = widget.parts if isinstance(widget, PartsWidget) else ()
    errors = field.errors.as_data() if field.errors else []
    return {part for error in errors for part in (error.params or {}).get("wrong", every)}


def describe(
    field: BoundField,
    *,
    heading: bool = False,
    revealed: Mapping[str, Markup] | None = None,
    **options: Any,
) -> Params:
    """The parameters of the GOV.UK macro for `field`; `options` override them.

    `heading`: its label is the page's h1. `revealed`: the HTML below each value that reveals.
    """
    size = options.pop("size", "l" if heading else "m")
    label = {"text": field.label, "isPageHeading": heading, "classes": f"govuk-label--{size}"}
    legend = label | {"classes": f"govuk-fieldset__legend--{size}"}
    params: Params = {
        "id": field.auto_id,
        "idPrefix": field.auto_id,
        "name": field.html_name,
        "hint": _hint(field),
        "errorMessage": {"text": str(field.errors[0])} if field.errors else None,
    }
    return params | _of_its_kind(field, label, legend, revealed or {}) | options


def _of_its_kind(
    field: BoundField, label: Params, legend: Params, revealed: Mapping[str, Markup]
) -> Params:
    match field.field.widget:
        case PartsWidget():
            return _parts(field, legend)
        case forms.RadioSelect() | forms.CheckboxSelectMultiple():
            return {"fieldset": {"legend": legend}, "items": list(_choices(field, revealed))}
        case forms.CheckboxInput():
            return {"items": [_tick(field)]}
        case forms.Select():
            return {"label": label, "items": list(_choices(field, {}))}
        case forms.FileInput():
            several = {"multiple": "multiple"} if "multiple" in field.field.widget.attrs else {}
            return {"label": label, "attributes": several}
        case _:
            return {"label": label} | _text(field)


def _hint(field: BoundField) -> dict[str, Any] | None:
    who_sees = getattr(field.field, "who_sees", "")
    says = [Markup("{}").format(field.help_text)] if field.help_text else []
    if who_sees:
        says.append(Markup('<span class="app-who-sees">Who sees this: {}</span>').format(who_sees))
    return {"html": Markup(" ").join(says)} if says else None


def _text(field: BoundField) -> Params:
    widget = field.field.widget
    attributes = dict(widget.attrs)
    plain: Params = {name: attributes.pop(name) for name in PLAIN if name in attributes}
    about_nobody = getattr(field.field, "about_nobody", False)
    if not about_nobody:
        plain = {"autocomplete": "off", "spellcheck": False} | plain
    params: Params = plain | {
        "value": _typed(field),
        "classes": attributes.get("class"),
        "attributes": {name: text for name, text in attributes.items() if name not in LEFT_OUT},
    }
    match widget:
        case forms.Textarea():
            params |= _counted(field, params)
        case forms.PasswordInput():
            params |= {"value": "", "autocomplete": plain.get("autocomplete", "current-password")}
        case forms.NumberInput():
            params |= {"inputmode": "numeric"}
            params["classes"] = params["classes"] or "govuk-input--width-5"
        case Input():
            params |= {"type": widget.input_type}
    return params


def _typed(field: BoundField) -> str:
    value = field.value()
    return "" if value is None else str(value)


def _counted(field: BoundField, params: Params) -> Params:
    value = _typed(field)
    attributes = params["attributes"] | {"dir": "auto"}
    if "autocomplete" in params:
        attributes |= {"autocomplete": params["autocomplete"]}
    longest = getattr(field.field, "limit", None) or getattr(field.field, "max_length", None)
    return {
        # a browser drops the first line break in a text area
        "value": f"\n{value}" if value[:1] in ("\n", "\r") else value,
        "rows": field.field.widget.attrs.get("rows", 6),
        "maxlength": longest or LONGEST,
        "textareaDescriptionText": f"You can enter up to {longest or LONGEST:,} characters",
        "threshold": 75,
        "attributes": attributes,
    }


def _parts(field: BoundField, legend: Params) -> Params:
    widget = field.field.widget
    assert isinstance(widget, PartsWidget)
    wrong = wrong_parts(field)
    items = [
        {
            "name": part,
            "label": "Or approximate age" if part == "age" else part.capitalize(),
            "value": text,
            "autocomplete": "off",
            "attributes": {"spellcheck": "false"},
            "classes": f"govuk-input--width-{WIDTHS[part]}"
            + (" govuk-input--error" if part in wrong else ""),
        }
        for part, text in zip(widget.parts, widget.typed(field.value()), strict=True)
    ]
    return {"fieldset": {"legend": legend}, "namePrefix": field.html_name, "items": items}


def _choices(field: BoundField, revealed: Mapping[str, Markup]) -> Iterator[Params]:
    asked = field.field
    value = field.value()
    several = isinstance(value, list | tuple | set)
    chosen = {str(one) for one in (value if several else [value]) if one is not None}
    hints, divider = getattr(asked, "hints", {}), getattr(asked, "divider", "")
    for key, text in flat(getattr(asked, "choices", [])):
        if not key and isinstance(asked.widget, forms.RadioSelect):
            continue
        if divider and key == divider:
            yield {"divider": "or"}
        yield {
            "value": key,
            "text": text,
            "checked": key in chosen,
            "selected": key in chosen,
            "hint": {"text": hints[key]} if key in hints else None,
            "conditional": {"html": revealed[key]} if key in revealed else None,
            "behaviour": "exclusive" if key and key == getattr(asked, "none", "") else None,
        }


def _tick(field: BoundField) -> Params:
    return {"value": "on", "text": field.label, "checked": bool(field.value())}
