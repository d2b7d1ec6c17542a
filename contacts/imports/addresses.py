"""A postal address on one line, out of its parts. Pure."""

Parts = dict[str, list[str]]  # full, street, box, postcode, city, region, country


def postal_address(parts: Parts) -> str:
    """« 12 rue des Lilas, 69003 Lyon, France ». A full address beside its own street (Google) is taken alone."""
    if "full" in parts and (len(parts) == 1 or "street" in parts):
        lines = [line for full in parts["full"] for line in full.splitlines()]
    else:
        town = " ".join(parts.get("postcode", []) + parts.get("city", []))
        streets = parts.get("full", []) + parts.get("street", []) + parts.get("box", [])
        lines = [*streets, town, *parts.get("region", []), *parts.get("country", [])]
    return ", ".join(line for line in (line.strip(" ,") for line in lines) if line)
