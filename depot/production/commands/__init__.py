"""Making goods, the recipes for it, and taking apart what was made."""
