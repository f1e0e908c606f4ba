"""The languages of label printers."""
