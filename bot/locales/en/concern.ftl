# Raising a concern and coming back to it. Read by people who may be afraid: short, exact, no promise that is not kept.

concern-apology = Something went wrong on our side, and we cannot say whether your last step was kept. Nothing about it was logged. Please try again in a few minutes.
