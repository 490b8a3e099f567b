"""The script of the app and its settings, in a folder of their own.

Streamlit takes a folder ``pages`` beside its script for pages of the app, and puts the script's folder
first on the path for modules.
"""
