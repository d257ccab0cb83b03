"""Whether the phone could be reached: a look at each address, without sending anything."""

import socket
from collections.abc import Sequence
from functools import partial

from backtimer.adapters.channels.phone.lanes import side_by_side
from backtimer.adapters.channels.phone.services import Service
from backtimer.domain.reach import Finding, State, Way, broken, unknown, works
from backtimer.domain.words import tr

# The best comes first: one address that works reaches the person.
_ORDER = (State.WORKS, State.UNKNOWN, State.BROKEN)


def look(services: Sequence[Service], *, patience_s: float) -> Finding:
    """One finding for all of `services`: as good as the best, and why the others are worse."""
    connected = side_by_side(
        [partial(can_connect, each, patience_s) for each in services], patience_s=patience_s
    )
    found = [_of(each, bool(did)) for each, did in zip(services, connected, strict=True)]
    best = min((each.state for each in found), key=_ORDER.index)
    others = [each for each in found if each.why]
    return Finding(
        way=Way.PHONE,
        state=best,
        why=" ".join(each.why for each in others),
        fix=others[0].fix if others else "",
    )


def can_connect(service: Service, patience_s: float) -> bool:
    """Whether the server of `service` takes a connection; blocks."""
    if service.endpoint is None:
        return False
    try:
        socket.create_connection(service.endpoint, timeout=patience_s).close()
    except (OSError, ValueError, OverflowError):
        return False
    return True


def _of(service: Service, is_connected: bool) -> Finding:  # noqa: FBT001  # in two places
    if not service.is_known:
        return broken(
            Way.PHONE,
            tr(
                "Address {name} cannot be used: Apprise does not know it, or lacks a package.",
                name=service.name,
            ),
            tr("Look how it is written."),
        )
    if is_connected:
        return works(Way.PHONE)
    if service.endpoint is None:
        return unknown(
            Way.PHONE,
            tr("Whether address {name} works is known once it was used.", name=service.name),
            tr("Try it."),
        )
    return broken(
        Way.PHONE,
        tr("There is no connection to the server of address {name}.", name=service.name),
        tr("Look whether the internet is there, and how the address is written."),
    )
