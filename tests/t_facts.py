#!/usr/bin/python3
"""t_facts.py - holds every line of the profiles against the register fact it
comes from, read here anew.

    t_facts.py SRC METERS"""
import collections
import csv
import fractions
import glob
import re
import shlex
import sys

SRC, METERS = sys.argv[1:3]
KIND = {"u16": "uint16", "s16": "int16", "u32": "uint32", "s32": "int32",
        "u64": "uint64", "s64": "int64", "f32": "float32", "f64": "float64"}
LONE = ("u16", "s16")
failed = 0


def expect(good, *what):
    global failed
    if not good:
        print("FAIL:", *what)
        failed += 1


def number(text):
    return fractions.Fraction(text)


facts = collections.defaultdict(dict)
with open(SRC + "/tests/data/registers.csv", encoding="utf-8") as f:
    for row in csv.DictReader(f):
        row["wire"] = int(row["address"]) - (row["addressing"] == "1based")
        facts[row["vendor"], row["model"]][row["quantity"]] = row


def fact_of(quantity, known):
    """The fact a read line is made from: as it is called, or an absolute value
    whose sign stands beside it, or a pulse counter."""
    if quantity in known:
        return known[quantity]
    if found := re.fullmatch(r"pulses_(\d)", quantity):
        return known.get("pulse_counter_in" + found[1])
    return known.get(quantity + "_abs")


def check_read(where, words, known, order, source):
    """The names of the facts that the line uses."""
    quantity, function, address, kind, scale, unit, *options = words
    fact = fact_of(quantity, known)
    if fact is None:
        expect(False, where, "no fact says", quantity)
        return []
    used = [fact["quantity"]]
    option = dict(o.partition("=")[::2] for o in options)
    expect(function == fact["function"], where, "function")
    expect(int(address) == fact["wire"], where, "address")
    expect(KIND[kind] == fact["type"] or
           (kind, fact["type"]) == ("u32", "acc32"), where, "type")
    expect(kind in LONE or
           option.get("order", order) == fact["word_order"], where, "order")
    expect(source == "%s %s" % (fact["source_repo"], fact["source_path"]),
           where, "source")
    dimension = {"degC": "C", "": "1"}.get(fact["unit"], fact["unit"])
    expect(unit == dimension, where, "unit")
    expect(fact["unit"] or quantity.startswith("power_factor"), where,
           "a unit nobody states")
    if "@+" in fact["scale"]:
        expect(number(scale) == 1 and
               option.get("scale") == fact["scale"].partition("@+")[2],
               where, "scale register")
    else:
        expect(fact["scale"] and number(scale) == number(fact["scale"]) and
               "scale" not in option, where, "scale")
    if fact["quantity"].endswith("_abs"):
        sign = known[fact["quantity"][:-4] + "_sign"]
        expect(option.get("sign") == str(sign["wire"]), where, "sign")
        used.append(sign["quantity"])
    else:
        expect("sign" not in option, where, "a sign nobody states")
    return used


def check_file(path):
    """The key of its facts, and how many values it reads."""
    with open(path, encoding="utf-8") as f:
        text = f.read()
    made = re.search(r"^# Facts: (.+)$", text, re.M)
    key = tuple(shlex.split(made[1])) if made else None
    known = facts[key] if made else {}
    order, source, used, template, sources, reads = "", "", [], False, 0, 0
    for i, line in enumerate(text.split("\n"), 1):
        words = shlex.split(line, comments=True)
        if not words:
            continue
        if words[0] == "words":
            order = words[1]
        elif words[0] == "source":
            source = words[1]
            sources += 1
        elif words[0] == "template":
            template = True
        elif words[0] == "identify":
            expect("\n# identify: " in text, path, "is known by what nobody says")
        elif words[0] == "read":
            where = "%s:%d: %s:" % (path, i, words[1])
            used += check_read(where, words[1:], known, order, source)
            reads += 1
        elif words[0] == "vendor" and made:
            expect(words[1] == key[0], path, "vendor")
    expect(sources > 0, path, "names no source")
    expect(reads > 0 or template, path, "reads nothing")
    remarks = " ".join(re.findall(r"^#(.*)$", text, re.M))
    for name in known:
        expect(name in used or re.search(r"\b%s\b" % name, remarks), path,
               "is silent about", name)
    return key, reads


def main():
    seen = collections.Counter()
    values = templates = 0
    words = {}
    for lang in "en", "it", "fr":
        with open("%s/templates/lang/%s.hdf" % (SRC, lang),
                  encoding="utf-8") as f:
            words[lang] = set(re.findall(r"^\t\t(\w+) = \S", f.read(), re.M))
    for path in sorted(glob.glob(METERS + "/*.meter")):
        key, reads = check_file(path)
        values += reads
        if key is None:
            templates += 1
            expect(reads == 0, path, "reads what no fact says")
        else:
            seen[key] += 1
        with open(path, encoding="utf-8") as f:
            for quantity in re.findall(r"^read\s+(\w+)", f.read(), re.M):
                for lang in words:
                    expect(quantity in words[lang] or
                           quantity.startswith("pulses_"), path, quantity,
                           "has no name in", lang)
    for key in facts:
        expect(seen[key] == 1, "%d profiles are made from" % seen[key], *key)
    print("%d models, %d values, %d templates without facts" % (
        len(seen), values, templates))
    expect(len(seen) > 60 and values > 1300, "that is too few")
    sys.exit(failed > 0)


main()
