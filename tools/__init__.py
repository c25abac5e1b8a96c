"""Tools of the project itself: translations, the generated pages, the pictures, the manual."""
