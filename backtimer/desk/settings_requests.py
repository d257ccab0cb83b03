"""The requests about settings and routines, each answered in words."""

from backtimer.desk.desk import Desk, Words
from backtimer.domain.declared import DECLARED, declared
from backtimer.domain.library import PROTOCOLS
from backtimer.domain.setting import Setting
from backtimer.domain.settings import Settings
from backtimer.domain.words import tr


def config(desk: Desk, words: Words) -> str:
    """List the settings, show one, or set it."""
    key, value = words.get("key"), words.get("value")
    if key is None:
        return "\n".join(_line(desk.settings, each) for each in DECLARED.values())
    setting = declared(str(key))
    if value is None:
        return setting.text(desk.settings.get(setting.key))
    checked = setting.parse(str(value))
    desk.change(lambda settings: settings.with_value(setting.key, checked))
    hint = setting.hint_for(checked)
    line = tr("{key} = {value}", key=setting.key, value=setting.text(checked))
    return f"{line}\n{hint}" if hint else line


def _line(settings: Settings, setting: Setting) -> str:
    value = setting.shown(settings.get(setting.key))
    shown = tr("{key} = {value}", key=setting.key, value=value)
    return tr(
        "{shown:<28} {label}: {possible}",
        shown=shown,
        label=setting.label,
        possible=setting.possible(),
    )


def protocol(desk: Desk, words: Words) -> str:
    """List the routines, choose one, or copy it."""
    key, name = words.get("key"), words.get("copy")
    if key is None and name is None:
        return _protocols(desk.settings)

    def chosen(settings: Settings) -> Settings:
        settings = settings.with_protocol(str(key)) if key is not None else settings
        return settings.with_copy(str(name)) if name is not None else settings

    desk.change(chosen)
    return tr("From the next session on: {key}.", key=desk.settings.protocol)


def _protocols(settings: Settings) -> str:
    lines = []
    for key in (*PROTOCOLS, *settings.copies):
        known = PROTOCOLS[settings.course_of(key)]
        copy = settings.copies.get(key)
        lines.append(
            tr(
                "{mark} {key:<16} {name}. {explanation}",
                mark="*" if key == settings.protocol else " ",
                key=key,
                name=tr("{name}, from {course}", name=copy.name, course=copy.course)
                if copy
                else known.name,
                explanation=known.explanation,
            )
        )
    return "\n".join(lines)
