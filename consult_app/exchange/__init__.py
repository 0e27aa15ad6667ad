"""Carrying consultations in and out in other people's formats."""
