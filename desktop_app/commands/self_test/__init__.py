"""``carnet-impact --self-test FILE``: the program tries itself, whole, and writes a verdict.

Every package of the program is tested with it: what a frozen program lacks shows here.
"""
