from hypothesis import settings

# A busy machine is not a fault of the rules.
settings.register_profile("kam_xl", deadline=None)
settings.load_profile("kam_xl")
