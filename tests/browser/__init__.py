"""A real Chromium on a real web server: what people see, touch and hear."""
