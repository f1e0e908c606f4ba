"""The database: connections, the one transaction, columns, bringing a schema up to date."""
