"""Papers: finished texts and figures in, a PDF or a stand-alone page out. Pure."""
