"""PDFs: one module per document, each with a view model made for one audience (R-16.4)."""
