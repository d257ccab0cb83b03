"""Reads the small part of SVG in which the program's own icons are drawn.

QtSvg would take 2 ms of the start and 1.6 MB for shapes this simple. Understood are `path` (with
the absolute commands M, L, H, V, C and Z, all parts separated by spaces), `circle` and `rect`,
and the attributes `fill`, `stroke` and `stroke-width`, on them or on the `svg` element, with
`none`, `currentColor` or `#rrggbb`. Lines have round ends and joints. Anything else is refused.
"""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPainterPathStroker

_LENGTHS = {"circle": ("cx", "cy", "r"), "rect": ("x", "y", "width", "height", "rx")}
_NUMBERS_OF = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6}
# How far a curve may be off, in units of the view box: nothing at twenty times the size.
_CURVE_THRESHOLD = 0.02


class Shape(NamedTuple):
    """An area to fill with a colour; `currentColor` stands for the one the icon is asked in."""

    area: QPainterPath
    color: str


def parse(text: str) -> list[Shape]:
    """Return the areas of an icon from back to front, in the units of its 24 × 24 view box.

    Raises ValueError for what is outside the small part of SVG that this module reads.
    """
    shapes: list[Shape] = []
    inherited: dict[str, str] = {}
    for chunk in text.split("<")[1:]:
        tag, attributes = _element(chunk)
        if tag == "svg":
            inherited = attributes
        elif not tag.startswith(("/", "!", "?")):
            shapes += _painted(_Outline(tag, attributes), inherited | attributes)
    return shapes


def _element(chunk: str) -> tuple[str, dict[str, str]]:
    pieces = chunk.split('"')
    names = [piece.split()[-1].rstrip("=") for piece in pieces[:-1:2]]
    return chunk.split(maxsplit=1)[0].rstrip("/>"), dict(zip(names, pieces[1::2], strict=True))


class _Outline:
    """The line of one element.

    path: what to fill. line: what to stroke; it has no ends, for an open line runs there and
    back again. corners: the points where it begins, bends and ends.
    """

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.path = QPainterPath()
        self.line = QPainterPath()
        self.corners: list[tuple[float, float]] = []
        number = {name: float(attributes.get(name, "0")) for name in _LENGTHS.get(tag, ())}
        match tag:
            case "path":
                for part in attributes["d"].split("M")[1:]:
                    self._follow(["M", *part.split()])
            case "circle":
                center = QPointF(number["cx"], number["cy"])
                self.path.addEllipse(center, number["r"], number["r"])
                self.line = self.path
            case "rect":
                box = QRectF(number["x"], number["y"], number["width"], number["height"])
                self.path.addRoundedRect(box, number["rx"], number["rx"])
                self.line = self.path
            case _:
                message = f"an icon may not have the element: {tag}"
                raise ValueError(message)

    def _follow(self, words: list[str]) -> None:
        """Add one line, from its M to before the next."""
        part = QPainterPath()
        x = y = 0.0
        index = 0
        while index < len(words) and words[index] != "Z":
            command = words[index]
            if command not in _NUMBERS_OF:
                message = f"an icon may not have the path command: {command}"
                raise ValueError(message)
            numbers = [float(word) for word in words[index + 1 : index + 1 + _NUMBERS_OF[command]]]
            index += 1 + len(numbers)
            x, y = _end(command, numbers, x, y)
            if command == "M":
                part.moveTo(x, y)
            elif command == "C":
                part.cubicTo(*numbers)
            else:
                part.lineTo(x, y)
            self.corners.append((x, y))
        self.path.addPath(part)
        if words[-1] != "Z":
            part.connectPath(part.toReversed())
        part.closeSubpath()
        self.line.addPath(part)


def _end(command: str, numbers: list[float], x: float, y: float) -> tuple[float, float]:
    match command:
        case "H":
            return numbers[0], y
        case "V":
            return x, numbers[0]
        case _:
            return numbers[-2], numbers[-1]


def _painted(outline: _Outline, attributes: dict[str, str]) -> list[Shape]:
    shapes = []
    if (color := attributes.get("fill", "#000000")) != "none":
        shapes.append(Shape(outline.path, color))
    if (color := attributes.get("stroke", "none")) != "none":
        width = float(attributes.get("stroke-width", "1"))
        shapes.append(Shape(_stroked(outline, width), color))
    return shapes


def _stroked(outline: _Outline, width: float) -> QPainterPath:
    stroker = QPainterPathStroker()
    stroker.setWidth(width)
    stroker.setCurveThreshold(_CURVE_THRESHOLD)
    area = stroker.createStroke(outline.line)
    # Round ends and joints are discs at the corners: the stroker's own need the `Qt` namespace.
    for x, y in outline.corners:
        area.addEllipse(x - width / 2, y - width / 2, width, width)
    return area
