"""The group-policy templates, after Microsoft's PolicyDefinitions schema 1.0.

``carnet-impact.admx`` says which values of the registry each policy writes;
``<language>/carnet-impact.adml`` holds the words. Every policy is the computer's: a user's own
policies are never read.
"""

import re
import unicodedata
from collections.abc import Iterable
from xml.etree import ElementTree as ET

from desktop_app.config.declared import DECLARED, Kind, Setting, can_be_fixed
from desktop_app.config.policy_registry import GROUP_POLICY
from desktop_app.config.values import LONGEST_TEXT, MOST_LINES
from installer.common import SHOWN_NAME
from installer.policy.words import explained

SCHEMA = "http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions"
NAMESPACE = "CarnetImpact.Policies"
REVISION = {"revision": "1.0", "schemaVersion": "1.0"}
SUPPORTED = "supported"
ROOT_CATEGORY = "carnet_impact"


def admx(declared: Iterable[Setting] = DECLARED) -> str:
    settings = _fixable(declared)
    root = ET.Element("policyDefinitions", {"xmlns": SCHEMA, **REVISION})
    namespaces = ET.SubElement(root, "policyNamespaces")
    ET.SubElement(namespaces, "target", prefix="carnetimpact", namespace=NAMESPACE)
    ET.SubElement(root, "resources", minRequiredRevision="1.0")
    definitions = ET.SubElement(ET.SubElement(root, "supportedOn"), "definitions")
    ET.SubElement(definitions, "definition", name=SUPPORTED, displayName=_string(SUPPORTED))
    categories = ET.SubElement(root, "categories")
    ET.SubElement(categories, "category", name=ROOT_CATEGORY, displayName=_string(ROOT_CATEGORY))
    for name in _groups(settings):
        category = ET.SubElement(categories, "category", name=name, displayName=_string(name))
        ET.SubElement(category, "parentCategory", ref=ROOT_CATEGORY)
    policies = ET.SubElement(root, "policies")
    for setting in settings:
        policies.append(_policy(setting))
    return _written(root)


def adml(declared: Iterable[Setting] = DECLARED) -> str:
    settings = _fixable(declared)
    root = ET.Element("policyDefinitionResources", {"xmlns": SCHEMA, **REVISION})
    ET.SubElement(root, "displayName").text = SHOWN_NAME
    ET.SubElement(root, "description").text = f"Réglages de {SHOWN_NAME} fixés par l’organisation"
    resources = ET.SubElement(root, "resources")
    strings = ET.SubElement(resources, "stringTable")
    for name, words in _strings(settings).items():
        ET.SubElement(strings, "string", id=name).text = words
    presentations = ET.SubElement(resources, "presentationTable")
    for setting in settings:
        if setting.kind is not Kind.FLAG:
            presentations.append(_presentation(setting))
    return _written(root)


def _fixable(declared: Iterable[Setting]) -> tuple[Setting, ...]:
    return tuple(setting for setting in declared if can_be_fixed(setting))


def _groups(settings: Iterable[Setting]) -> dict[str, str]:
    """Names of categories and their words, in the order of Paramètres."""
    return {_group(setting): setting.group for setting in settings}


def _group(setting: Setting) -> str:
    plain = unicodedata.normalize("NFKD", setting.group).encode("ascii", "ignore").decode()
    return "group_" + re.sub(r"\W+", "_", plain).strip("_").lower()


def _strings(settings: tuple[Setting, ...]) -> dict[str, str]:
    found = {
        SUPPORTED: f"{SHOWN_NAME} 0.2.0 et plus récents",
        ROOT_CATEGORY: SHOWN_NAME,
        **_groups(settings),
    }
    for setting in settings:
        found[setting.key] = setting.label
        found[f"{setting.key}_help"] = explained(setting)
        for value, label in setting.choices:
            found[_choice(setting, value)] = label
    return found


def _policy(setting: Setting) -> ET.Element:
    policy = ET.Element(
        "policy",
        {
            "name": setting.key,
            "class": "Machine",
            "displayName": _string(setting.key),
            "explainText": _string(f"{setting.key}_help"),
            "key": GROUP_POLICY,
        },
    )
    ET.SubElement(policy, "parentCategory", ref=_group(setting))
    ET.SubElement(policy, "supportedOn", ref=SUPPORTED)
    if setting.kind is Kind.FLAG:
        policy.set("valueName", setting.key)
        for name, value in (("enabledValue", "1"), ("disabledValue", "0")):
            ET.SubElement(ET.SubElement(policy, name), "decimal", value=value)
    else:
        policy.set("presentation", f"$(presentation.{setting.key})")
        ET.SubElement(policy, "elements").append(_element(setting))
    return policy


def _element(setting: Setting) -> ET.Element:
    common = {"id": setting.key, "valueName": setting.key, "required": "true"}
    match setting.kind:
        case Kind.NUMBER:
            bounds = {"minValue": str(setting.minimum), "maxValue": str(setting.maximum)}
            return ET.Element("decimal", {**common, **bounds})
        case Kind.CHOICE:
            enum = ET.Element("enum", common)
            for value, _ in setting.choices:
                shown = _string(_choice(setting, value))
                item = ET.SubElement(enum, "item", displayName=shown)
                ET.SubElement(ET.SubElement(item, "value"), "string").text = value
            return enum
        case Kind.LINES:
            return ET.Element("multiText", {**common, "maxStrings": str(MOST_LINES)})
    return ET.Element("text", {**common, "maxLength": str(LONGEST_TEXT), "expandable": "true"})


def _presentation(setting: Setting) -> ET.Element:
    presentation = ET.Element("presentation", id=setting.key)
    label = f"{setting.label} ({setting.unit})" if setting.unit else setting.label
    match setting.kind:
        case Kind.NUMBER:
            box = ET.SubElement(
                presentation,
                "decimalTextBox",
                refId=setting.key,
                defaultValue=str(setting.default),
            )
            box.text = label
        case Kind.CHOICE:
            known = [value for value, _ in setting.choices]
            box = ET.SubElement(
                presentation,
                "dropdownList",
                refId=setting.key,
                noSort="true",
                defaultItem=str(known.index(str(setting.default))),
            )
            box.text = label
        case Kind.LINES:
            ET.SubElement(presentation, "text").text = label
            ET.SubElement(presentation, "multiTextBox", refId=setting.key, defaultHeight="8")
        case _:
            box = ET.SubElement(presentation, "textBox", refId=setting.key)
            ET.SubElement(box, "label").text = label
            if setting.default:
                ET.SubElement(box, "defaultValue").text = str(setting.default)
    return presentation


def _choice(setting: Setting, value: str) -> str:
    return f"{setting.key}_{re.sub(r'[^A-Za-z0-9]+', '_', value)}"


def _string(name: str) -> str:
    return f"$(string.{name})"


def _written(root: ET.Element) -> str:
    ET.indent(root)
    body = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n'
