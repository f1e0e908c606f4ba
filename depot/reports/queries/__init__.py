"""The figures of a report out of the ledger."""
