"""Holds what a spreadsheet made of CSV files against the files.

t_sheet.py POINT SEPARATOR FILE.csv...: FILE.xlsx stands beside each.  Every
number is a number and the same, every local time is a time, all else is text.
"""
import csv
import datetime
import re
import sys
import xml.etree.ElementTree as tree
import zipfile

NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ZERO = datetime.datetime(1899, 12, 30)


def cells(book):
    """{"B3": (is a number, value)}"""
    z = zipfile.ZipFile(book)
    words = ["".join(t.text or "" for t in s.iter(NS + "t")) for s in
             tree.fromstring(z.read("xl/sharedStrings.xml")).iter(NS + "si")]
    got = {}
    for c in tree.fromstring(
            z.read("xl/worksheets/sheet1.xml")).iter(NS + "c"):
        v = c.find(NS + "v")
        if v is not None:
            text = c.get("t") == "s"
            got[c.get("r")] = (not text,
                               words[int(v.text)] if text else float(v.text))
    return got


def column(i):
    return (chr(64 + i // 26) if i >= 26 else "") + chr(65 + i % 26) \
        if i < 26 * 27 else None


def look(path, point, separator):
    number = re.compile(r"-?\d+(%s\d+)?$" % re.escape(point))
    local = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$")
    got = cells(path[:-3] + "xlsx")
    with open(path, encoding="utf-8-sig") as f:
        rows = list(csv.reader(f, delimiter=separator))
    numbers = times = 0
    for y, row in enumerate(rows, 1):
        for x, text in enumerate(row):
            have = got.get("%s%d" % (column(x), y), (False, ""))
            if number.match(text):
                want = (True, float(text.replace(point, ".")))
                numbers += 1
            elif local.match(text):
                t = datetime.datetime.fromisoformat(text) - ZERO
                assert have[0] and abs(have[1] * 86400 -
                                       t.total_seconds()) < 1, (text, have)
                times += 1
                continue
            else:
                want = (False, text)
            assert have == want, (path, y, x, text, have)
    assert numbers > len(rows) // 2 and times > 0, (path, numbers, times)
    return numbers


point, separator, *files = sys.argv[1:]
print(sum(look(f, point, separator) for f in files), "numbers in", len(files),
      "files")
