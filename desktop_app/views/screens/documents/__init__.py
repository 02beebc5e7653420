"""What is sent: perimeter, preview, writing."""
