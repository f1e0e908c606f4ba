"""Filing a report, editing forms, sharing by link."""
