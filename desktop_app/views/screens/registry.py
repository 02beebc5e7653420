"""Which class shows which place. Loaded on first visit: the window starts with none of them."""

from importlib import import_module

from desktop_app.views.screens.base import Screen

SCREENS: dict[str, str] = {
    "home": "home.screen:HomeScreen",
    "visits": "visits.screen:VisitsScreen",
    "visit": "visit.screen:VisitScreen",
    "experiments": "experiments.screen:ExperimentsScreen",
    "experiment": "experiment.screen:ExperimentScreen",
    "sites": "sites.screen:SitesScreen",
    "actions": "actions.screen:ActionsScreen",
    "documents": "documents.screen:DocumentsScreen",
    "settings": "settings.screen:SettingsScreen",
}


def screen_class(name: str) -> type[Screen]:
    """Raises KeyError for an unknown name."""
    module, _, class_name = SCREENS[name].partition(":")
    found: type[Screen] = getattr(import_module(f"desktop_app.views.screens.{module}"), class_name)
    return found
