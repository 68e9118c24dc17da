"""What is measured, against whom: each prints its machine, both sides and the ratio."""
