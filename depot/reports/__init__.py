"""Reports: of a week or any days, filed, filled into funders' forms, shared."""
