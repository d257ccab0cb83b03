"""Where files are: what the program ships, and the folders of the person's data."""

import os
from pathlib import Path
from typing import NamedTuple

APP = "backtimer"


def resource(name: str) -> Path:
    """Return the path of a shipped file or folder, such as `icons/backtimer.svg`.

    A wheel carries the folder inside the package; a checkout has it beside the package.
    Raises FileNotFoundError for a name that is not shipped: that is a bug, not a user's mistake.
    """
    package = Path(__file__).resolve().parent
    for folder in (package / "resources", package.parent / "resources"):
        path = folder / name
        if path.exists():
            return path
    message = f"not among the shipped resources: {name}"
    raise FileNotFoundError(message)


class Folders(NamedTuple):
    """Where one instance keeps its files: `data` also holds the lock and the endpoint.

    No dataclass: to load those takes as long as all else that the command line needs.
    """

    data: Path
    config: Path
    log: Path

    @property
    def settings_file(self) -> Path:
        """The settings, a TOML file."""
        return self.config / "settings.toml"

    @property
    def record_file(self) -> Path:
        """The record of care, an SQLite database."""
        return self.data / "backtimer.db"

    @property
    def log_file(self) -> Path:
        """What the program has to say about itself."""
        return self.log / "backtimer.log"


def one_folder(path: Path) -> Folders:
    """Everything of one instance in the folder `path`."""
    path = path.expanduser().absolute()
    return Folders(data=path, config=path, log=path)


def chosen_folder() -> Path | None:
    """The folder that the variable BACKTIMER_DATA_DIR names, if it names one."""
    named = os.environ.get("BACKTIMER_DATA_DIR")
    return Path(named) if named else None


def usual_folders() -> Folders:
    """The platform's usual folders for this user."""
    import platformdirs  # here, since a folder of one's own does not need it

    return Folders(
        data=platformdirs.user_data_path(APP, appauthor=False),
        config=platformdirs.user_config_path(APP, appauthor=False),
        log=platformdirs.user_log_path(APP, appauthor=False),
    )


def demo_folder() -> Path:
    """The throw-away folder of a demo: this user's own, emptied at each start."""
    import platformdirs

    return platformdirs.user_cache_path(APP, appauthor=False) / "demo"
