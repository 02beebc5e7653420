"""What a DSI fixes settings with: templates and properties, all made from the declarations."""
