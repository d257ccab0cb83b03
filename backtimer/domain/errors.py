"""What can go wrong in a way that a person can act on; `str()` is the sentence for them."""


class BacktimerError(Exception):
    """Something a person can act on. The text says what happened and what to do."""


class Refused(BacktimerError):
    """A command that is not possible now. Nothing was changed."""


class Misused(BacktimerError):
    """Words that are not understood: an unknown key, a number that is none. Nothing changed."""


class DataError(BacktimerError):
    """The person's data could not be read or written."""


class TooNew(DataError):
    """The person's data was written by a later version; it is left as it is."""
