"""What this computer and this notebook are set to."""
