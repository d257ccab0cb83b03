"""The desk: where words from the command line are answered, by the program or without it."""
