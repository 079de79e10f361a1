from hypothesis import settings

# A stall of the machine is no fault of the rule that happens to be tested.
settings.register_profile("partnerbot", deadline=None)
settings.load_profile("partnerbot")
