"""Lists as files: columns declared once, rows streamed into CSV and XLSX. Pure."""
