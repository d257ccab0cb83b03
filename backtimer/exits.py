"""The exit statuses of the command line, which scripts rely on."""

DONE, REFUSED, MISUSED, NOT_RUNNING, NO_DATA = range(5)
