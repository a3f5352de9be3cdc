#!/usr/bin/python3
"""t_strangers.py - meters made straight from the register facts by a foreign
Modbus library, and the judge of what mewsd read from them.

    t_strangers.py SRC site PORT      a site file with all of them
    t_strangers.py SRC serve PORT     all models on one TCP port, a unit each
    t_strangers.py SRC judge PLATE    holds "NAME VALUE DECIMALS UNIT" lines
                                      from standard input against the facts
    t_strangers.py SRC plates         all plates

Profiles are not looked at here: only the names of their files."""
import collections
import csv
import hashlib
import struct
import sys

BASE = 40070  # where the SunSpec models stand here
KIND = {"uint16": ">H", "int16": ">h", "uint32": ">I", "int32": ">i",
        "uint64": ">Q", "int64": ">q", "float32": ">f", "float64": ">d",
        "acc32": ">I"}
PREFIX = {"kW": ("W", 3), "kvar": ("var", 3), "kVA": ("VA", 3),
          "kWh": ("Wh", 3), "kvarh": ("varh", 3), "kVAh": ("VAh", 3),
          "degC": ("C", 0), "": ("1", 0)}
# How each model's profile is called; the rest of a name is the same.
PROFILE = {
    "SDM120": "eastron-sdm120", "SDM220": "eastron-sdm220",
    "SDM230": "eastron-sdm230", "SDM630": "eastron-sdm630",
    "SDM72D-M": "eastron-sdm72d-m", "SDM72DM-V2": "eastron-sdm72dm-v2",
    "SDM54": "eastron-sdm54", "EM24 RS485": "carlo-gavazzi-em24",
    "EM24_E1 Ethernet": "carlo-gavazzi-em24-e1",
    "EM330/EM340/ET330/ET340/EM530/EM540": "carlo-gavazzi-em330",
    "EM110/EM111/EM112/ET112": "carlo-gavazzi-em110",
    "B21/B23/B24/A41-A44": "abb-b23",
    "iEM3150/3155/3250/3255/335x": "schneider-iem3150",
    "B21/B23/B24": "janitza-b21", "UMG 96RM-E": "janitza-umg-96rm-e",
    "UMG 103/104/96/604 (19000 block)": "janitza-umg-103",
    "UMG 604/104 (native block)": "janitza-umg-604",
    "PAC2200": "siemens-pac2200", "PAC3200": "siemens-pac3200",
    "PAC1600/7KT1665/7KT1666": "siemens-pac1600",
    "PAC1020": "siemens-pac1020", "7M.24": "finder-7m-24",
    "7M.38": "finder-7m-38", "7E.64/68/78/86": "finder-7e-64",
    "DVH4013/DVH4014": "dzg-dvh4013", "WE-514/WE-515": "orno-we-514",
    "WE-504": "orno-we-504", "WE-525/WE-526": "orno-we-525",
    "WE-516/WE-517": "orno-we-516", "DMG610": "lovato-dmg610",
    "DSZ15DZMOD/DSZ16": "eltako-dsz15dzmod", "PRO380": "inepro-pro380",
    "879-30xx": "wago-879-30xx", "ALE3": "saia-burgess-ale3",
    "DTSU666": "chint-dtsu666",
    "Countis E23/E24/E27/E28": "socomec-countis-e23",
    "Countis E34/E44": "socomec-countis-e34",
    "Diris A14": "socomec-diris-a14", "Diris A10": "socomec-diris-a10",
    "Countis E14": "socomec-countis-e14",
    "Countis E43": "socomec-countis-e43", "Diris B30": "socomec-diris-b30",
    "PM5100/PM5300 series": "schneider-pm5100",
    "PM3200/PM3250/PM3255": "schneider-pm3200",
    "PM5100/PM5300 series (float energy, THD)": "schneider-pm5100-float",
    "PM710": "schneider-pm710",
    "A9MEM1540 PowerTag": "schneider-a9mem1540-powertag",
    "A9MEM1580 PowerTag": "schneider-a9mem1580-powertag",
    "ECR/ECM/ECP/ECT (ECR380D verified)": "hager-ecr380d",
    "model 203 (offset from model ID register)": "sunspec-203",
    "model 213 (offset from model ID register)": "sunspec-213",
    "F4N200": "bticino-f4n200", "Conto D4-Pd": "ime-conto-d4-pd",
    "VMU-MC": "carlo-gavazzi-vmu-mc",
}
# Facts of the F4N200 that its profile leaves out, and says why.
LEFT = ("_partial_or_t", "_scaled_1", "_power_avg_", "phase_displacement_v")


def load(src):
    models = collections.OrderedDict()
    with open(src + "/tests/data/registers.csv", encoding="utf-8") as f:
        for row in csv.DictReader(f):
            models.setdefault((row["vendor"], row["model"]), []).append(row)
    return models


def chance(*what):
    """The same for the server and for the judge."""
    return int(hashlib.sha256("/".join(what).encode()).hexdigest()[:12], 16)


def place(fact):
    at = int(fact["address"]) - (fact["addressing"] == "1based")
    return at + BASE if fact["vendor"] == "SunSpec" else at


def exponent(fact):
    """Of a SunSpec scale register, and where it stands."""
    name, _, offset = fact["scale"].partition("@+")
    return int(chance(fact["model"], name) % 4) - 2, BASE + int(offset)


def raw(fact):
    """What the meter has in the registers of a fact."""
    n = chance(fact["model"], fact["quantity"])
    kind, name = fact["type"], fact["quantity"]
    if name.endswith("_sign"):
        return n % 2
    if kind.startswith("float"):
        value = (n % 8000000 + 1) / 128
        value = -value if "energy" not in name and n % 3 == 0 else value
        return struct.unpack(KIND[kind], struct.pack(KIND[kind], value))[0]
    if kind == "int16":
        return n % 60000 - 30000
    if kind == "int32" and "energy" not in name:
        return n % 200000000 - 100000000
    return n % {"uint16": 65000}.get(kind, 300000000) + 1


def registers(fact):
    """Address: word."""
    if fact["type"] not in KIND:
        return {}
    data = struct.pack(KIND[fact["type"]], raw(fact))
    words = struct.unpack(">%dH" % (len(data) // 2), data)
    if fact["word_order"] == "low-first":
        words = words[::-1]
    found = {place(fact) + i: word for i, word in enumerate(words)}
    if "@+" in fact["scale"]:
        e, at = exponent(fact)
        found[at] = e & 0xffff
    return found


def expected(facts):
    """Quantity: value, unit, in the unit without prefix."""
    by_name = {f["quantity"]: f for f in facts}
    wanted = {}
    for fact in facts:
        name, unit = fact["quantity"], fact["unit"]
        if (fact["type"] not in KIND or "16" in fact["function"] or
                not fact["scale"] or name.endswith("_sign") or
                any(part in name for part in LEFT) or
                (not unit and not name.startswith("power_factor")) or
                name.startswith("power_factor") and "sector" in name or
                fact["model"] == "F4N200" and "energy" in name and
                name.endswith("_total")):
            continue
        scale = (10.0 ** exponent(fact)[0] if "@+" in fact["scale"]
                 else float(fact["scale"]))
        unit, power = PREFIX.get(unit, (unit, 0))
        value = raw(fact) * scale * 10 ** power
        if name.endswith("_abs"):
            name = name[:-4]
            value *= -1 if raw(by_name[name + "_sign"]) else 1
        if name == "pulse_counter_in1":
            name, unit = "active_energy_import", "Wh"
        if name.startswith("power_factor") and unit == "%":
            value, unit = value / 100, "1"
        wanted[name] = value, unit
    return wanted


def devices(models):
    """Plate, unit, profile, facts of all models with a profile to use."""
    for unit, (key, facts) in enumerate(
            ((k, f) for k, f in models.items() if k[1] in PROFILE), 1):
        yield "M%d" % unit, unit, PROFILE[key[1]], facts


def site(models, port):
    print('site "All models" board Q1 zone UTC')
    print("setting model unlimited")
    print("line A tcp 127.0.0.1 %s timeout 3000" % port)
    for plate, unit, profile, _ in devices(models):
        print('device %s "%s" line A unit %d profile %s%s' % (
            plate, profile, unit, profile, " pulses 1 active_energy_import 1"
            if profile == "carlo-gavazzi-vmu-mc" else ""))


def serve(models, port):
    from pymodbus.datastore import (ModbusServerContext, ModbusSlaveContext,
                                    ModbusSparseDataBlock)
    from pymodbus.server import StartTcpServer
    slaves = {}
    for _, unit, _, facts in devices(models):
        table = {"3": {}, "4": {}}
        for fact in facts:
            if fact["function"][0] in table:
                table[fact["function"][0]].update(registers(fact))
        if facts[0]["vendor"] == "SunSpec":  # a model is without a hole
            table["3"] = {i: table["3"].get(i, 0x8000)
                          for i in range(BASE, max(table["3"]) + 1)}
        blocks = {k: ModbusSparseDataBlock(v or {0: 0})
                  for k, v in (("hr", table["3"]), ("ir", table["4"]))}
        slaves[unit] = ModbusSlaveContext(zero_mode=True, **blocks)
    StartTcpServer(context=ModbusServerContext(slaves=slaves, single=False),
                   address=("127.0.0.1", int(port)))


def judge(models, plate):
    seen = {}
    for line in sys.stdin:
        name, value, decimals, unit = line.split()
        seen[name] = int(value) / 10 ** int(decimals), int(decimals), unit
    bad = 0
    wanted = next(expected(f) for p, _, _, f in devices(models) if p == plate)
    for name, (value, unit) in wanted.items():
        got = seen.pop(name, (None, 0, None))
        room = 0.5000001 * 10.0 ** -got[1] + abs(value) * 1e-12
        if got[0] is None or abs(got[0] - value) > room or got[2] != unit:
            print("FAIL: %s %s: %s %s, not %.9g %s" % (
                plate, name, got[0], got[2], value, unit))
            bad += 1
    for name in seen:
        print("FAIL: %s %s is in no fact" % (plate, name))
        bad += 1
    print("%s: %d values" % (plate, len(wanted)))
    sys.exit(bad > 0)


def main():
    models = load(sys.argv[1])
    verb, *words = sys.argv[2:]
    if verb == "plates":
        print(" ".join(d[0] for d in devices(models)))
    else:
        {"site": site, "serve": serve, "judge": judge}[verb](models, *words)


main()
