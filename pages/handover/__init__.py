"""Handing books and cards over."""
