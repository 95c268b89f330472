"""Donors and their pledges."""
