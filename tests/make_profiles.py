#!/usr/bin/python3
"""make_profiles.py - writes etc/meters/ from the register facts.

    make_profiles.py SRC DIR

reads SRC/tests/data/registers.csv and SRC/tests/data/profiles.txt, and writes
a .meter file a model into DIR.  What the facts do not state is left out, and
the file says so."""
import collections
import csv
import fnmatch
import os
import re
import shlex
import sys
import textwrap

TYPES = {
    "uint16": ("u16", 1), "int16": ("s16", 1), "uint32": ("u32", 2),
    "int32": ("s32", 2), "uint64": ("u64", 4), "int64": ("s64", 4),
    "float32": ("f32", 2), "float64": ("f64", 4), "acc32": ("u32", 2),
}
UNITS = {"degC": "C"}
# What people look at now; all else is asked once a minute.
NORMAL = re.compile(
    r"(voltage|current)(_l\d+|_n)?$|(active|reactive|apparent)_power(_l\d)?$|"
    r"active_power_(import|export)$|power_factor(_l\d)?$|frequency$|"
    r"(active|reactive)_energy_(import|export|total)$|pulses_\d$")
QUALITY = re.compile(r"thd_")


def quoted(word):
    plain = re.fullmatch(r"[^\s\"#]+", word)
    return word if plain else '"%s"' % word.replace('"', "'")


def comment(text):
    if not text:
        return ["#"]
    return ["# " + line for line in textwrap.wrap(
        text, 78, break_on_hyphens=False, break_long_words=False)]


class Extra:
    """What profiles.txt says of a model, or of its family."""

    def __init__(self):
        self.lines = []

    def all(self, key):
        return [words[1:] for words in self.lines if words[0] == key]

    def one(self, key, default=None):
        found = self.all(key)
        return found[-1][0] if found else default

    def match(self, key, name):
        return [w for w in self.all(key) if fnmatch.fnmatchcase(name, w[0])]


def load_extras(path):
    families = collections.defaultdict(Extra)
    models = collections.defaultdict(Extra)
    templates = []
    at = None
    with open(path, encoding="utf-8") as f:
        for line in f:
            words = shlex.split(line, comments=True)
            if not words:
                continue
            if words[0] == "family":
                at = families[tuple(words[1:])]
            elif words[0] == "model":
                at = models[tuple(words[1:])]
            elif words[0] == "template":
                at = Extra()
                templates.append((words[1:], at))
            else:
                at.lines.append(words)
    return families, models, templates


def wire(fact):
    return int(fact["address"]) - (fact["addressing"] == "1based")


def why_not(fact, extra):
    """Why a fact is no value to read, or None."""
    if fact["type"] == "block":
        return "only the place of a group is known"
    if fact["type"] not in TYPES:
        return "a text"
    if "16" in fact["function"]:
        return "a setting, which is not measured"
    found = extra.match("leave", fact["quantity"])
    if found:
        return found[0][1]
    lacks = [w for w in ("scale", "unit") if not fact[w] and not
             (w == "unit" and extra.match("unit", fact["quantity"]))]
    if TYPES[fact["type"]][1] > 1 and not fact["word_order"]:
        lacks.insert(0, "word order")
    return " and ".join(lacks) + " not stated" if lacks else None


def read_line(fact, facts, extra, words):
    renamed = extra.match("as", fact["quantity"])
    quantity, options = fact["quantity"], []
    if renamed:
        quantity, options = renamed[0][1], list(renamed[0][2:])
    for i, option in enumerate(options):
        key, _, value = option.partition("=")
        if key == "sign":
            options[i] = "sign=%d" % wire(facts[value])
    scale, unit = fact["scale"], UNITS.get(fact["unit"], fact["unit"])
    if found := extra.match("unit", fact["quantity"]):
        unit = found[0][1]
    if found := re.fullmatch(r"10\^\w+@\+(\d+)", scale):
        scale = "1"
        options.append("scale=" + found[1])
    for more in extra.match("option", fact["quantity"]):
        options += more[1:]
    kind, n = TYPES[fact["type"]]
    if n > 1 and fact["word_order"] != words:
        options.append("order=" + fact["word_order"])
    if QUALITY.match(quantity):
        options.append("quality")
    if not NORMAL.match(quantity):
        options.append("class=slow")
    return " ".join(["read\t" + quantity, fact["function"], str(wire(fact)),
                     kind, scale, unit] + options)


def left_out(facts, extra, known):
    """Comments on what is not read; with where it stands, where that helps."""
    lines, why = [], collections.OrderedDict()
    for fact in facts:
        reason = why_not(fact, extra)
        if reason and fact["quantity"] not in known:
            why.setdefault(reason, []).append(fact)
    for reason, group in why.items():
        lines += ["", "# Left out, %s:" % reason]
        if extra.one("lacks") and not reason.startswith("a setting"):
            lines += ["#\t%s: function %s, address %d, %s" % (
                f["quantity"], f["function"], wire(f), " ".join(
                    [TYPES.get(f["type"], (f["type"],))[0], f["word_order"]]))
                for f in group]
            lines = [line.rstrip().rstrip(",") for line in lines]
        else:
            lines += comment(" ".join(f["quantity"] for f in group))
    return lines


def head(extra, src, said, vendor, model, family):
    lines = []
    if extra.one("head"):
        with open(os.path.join(src, "tests/data", extra.one("head")),
                  encoding="utf-8") as f:
            lines += ["#"] + [("# " + line.rstrip("\n")).rstrip().replace(
                "# \t", "#\t") for line in f] + ["#"]
    for text in said:
        lines += comment(text[0])
    lines += ["vendor\t" + quoted(vendor), "model\t" + quoted(model),
              "family\t" + quoted(family)]
    if extra.one("lacks"):
        lines.append('template "%s"' % extra.one("lacks"))
    return lines


def profile(src, vendor, family, model, facts, families, models):
    """The lines of a model's file, and the file's name."""
    extra = Extra()
    extra.lines = families[vendor, family].lines + models[vendor, model].lines
    name = vendor.split("/")[0] + "-" + re.split(r"[/(]", model)[0]
    name = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    by_name = {f["quantity"]: f for f in facts}
    signs = {o.partition("=")[2] for w in extra.all("as") for o in w[2:]}
    reads = [f for f in facts
             if f["quantity"] not in signs and not why_not(f, extra)]
    orders = collections.Counter(f["word_order"] for f in reads
                                 if f["word_order"])
    words = orders.most_common(1)[0][0] if orders else "high-first"
    lines = ["# %s %s" % (vendor, model),
             "# Facts: %s %s" % (quoted(vendor), quoted(model))]
    lines += head(extra, src, extra.all("say"), vendor,
                  extra.one("name", model), family)
    if reads:
        lines.append("words\t" + words)
    lines += [w[0] + "\t" + " ".join(w[1:]) for w in extra.all("put")]
    source = None
    for fact in reads or facts:
        says = (fact["source_repo"], fact["source_path"])
        if says != source:
            lines += ["", 'source\t"%s %s"' % says]
            source = says
        if reads:
            lines.append(read_line(fact, by_name, extra, words))
    return extra.one("file", name), lines + left_out(facts, extra, signs)


def main():
    src, to = sys.argv[1:3]
    data = os.path.join(src, "tests/data")
    families, models, templates = load_extras(data + "/profiles.txt")
    groups = collections.OrderedDict()
    with open(data + "/registers.csv", encoding="utf-8") as f:
        for fact in csv.DictReader(f):
            key = fact["vendor"], fact["family"], fact["model"]
            groups.setdefault(key, []).append(fact)
    known = {(v, m) for v, _, m in groups}
    if odd := [key for key in models if key not in known]:
        sys.exit("profiles.txt: the facts have no %s" % odd)
    files = {}
    for (vendor, family, model), facts in groups.items():
        name, lines = profile(src, vendor, family, model, facts, families,
                              models)
        if name in files:
            sys.exit("two profiles would be called " + name)
        files[name] = lines
    for (name, vendor, model, family), extra in templates:
        files[name] = ["# %s %s" % (vendor, model)] + head(
            extra, src, extra.all("say"), vendor, model, family) + [
            'source\t"none: no register map of it is public"']
    for name, lines in files.items():
        with open("%s/%s.meter" % (to, name), "w", encoding="utf-8") as f:
            f.write("\n".join(lines) + "\n")


main()
