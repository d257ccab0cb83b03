"""The record and the state as plain text: each module renders one format and writes nothing."""
