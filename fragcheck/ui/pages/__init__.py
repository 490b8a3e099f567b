"""The four pages of the app, each with one function `show`."""
