"""Expectations: what the plan may do, the days after, the harms and the other choices."""
