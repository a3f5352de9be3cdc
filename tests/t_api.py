"""Holds answers against etc/openapi.json, and /metrics against a parser.

t_api.py OPENAPI PATH FILE: the answer in FILE of GET /api/v1PATH.
t_api.py --metrics FILE
"""
import json
import sys


def resolve(node, root):
    """The schema without references, which jsonschema then needs not follow."""
    if isinstance(node, dict):
        if "$ref" in node:
            to = root
            for part in node["$ref"][2:].split("/"):
                to = to[part]
            return resolve(to, root)
        return {k: resolve(v, root) for k, v in node.items()}
    if isinstance(node, list):
        return [resolve(v, root) for v in node]
    return node


def metrics(path):
    from prometheus_client.openmetrics.parser import (
        text_string_to_metric_families)
    with open(path, encoding="utf-8") as f:
        families = list(text_string_to_metric_families(f.read()))
    names = {f.name: f for f in families}
    up = names["mews_device_up"].samples
    energy = names["mews_active_energy_import_Wh"]
    assert energy.type == "counter", energy.type
    assert any(s.labels["device"] == "P1" for s in energy.samples)
    assert {s.labels["device"] for s in up} >= {"P1", "P2"}, up
    print(len(families), "families")


def answer(openapi, path, file):
    import jsonschema
    with open(openapi, encoding="utf-8") as f:
        root = json.load(f)
    with open(file, encoding="utf-8") as f:
        got = json.load(f)
    of = root["paths"][path]["get"]["responses"]
    of = of["401" if "error" in got else "200"]
    schema = resolve(of, root)["content"]["application/json"]["schema"]
    jsonschema.validate(got, schema)


if sys.argv[1] == "--metrics":
    metrics(sys.argv[2])
else:
    answer(*sys.argv[1:])
