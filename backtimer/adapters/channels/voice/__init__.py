"""Words that are spoken, by what the machine has to speak with."""
