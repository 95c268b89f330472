"""The shared database and everything that guards it; knows nothing about screens."""
