"""The tabs of the visit page and the cards they are made of."""
