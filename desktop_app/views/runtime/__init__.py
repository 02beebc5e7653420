"""What runs under the window: work off its thread, garbage, crashes, the start and the end."""
