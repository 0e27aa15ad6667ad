"""The Skin panel: type, map, scales and what is seen today."""
