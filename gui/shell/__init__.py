"""The window, by composition: each part is made, typed and tested without the others."""
