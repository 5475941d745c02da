"""The operational plan: plan and actual by client and period, from sheets of any shape."""
