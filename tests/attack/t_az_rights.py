# t_az_rights.py - a user of one zone finds nothing of the other meters, wherever
# he looks; t_az.sh named those "Secret P1".
import re, time
from visitor import *

SEEN = {"P3", "P9"}  # of the ground floor
HIDDEN = ["P1", "P2", "P4", "P5", "P6", "P7", "P8", "P10"]
admin = Visitor().sign_in("administrator", "99999")
a = admin.post("/users/add", {"name": "tenant", "role": "user", "sees": "some",
               "r0": "zone:Ground%20floor", "pin_new": "48261",
               "pin_again": "48261", "mine": "99999"}, csrf=admin.csrf("/users/add"))
expect("a user of one zone is made", a.status == 200 and "c-code" in a.body, a.status)
v = Visitor().sign_in("tenant", "48261")
whole = Visitor().sign_in("user", "11111")


def leak(page):
    text = text_of(page)
    m = re.search(r"Secret[^<]{0,20}|(?<![\w.-])(" + "|".join(HIDDEN) +
                  r")(?![\w.])", text + " " + " ".join(
                      re.findall(r'(?:href|value|data-[a-z]+)="([^"]*)"', page)))
    return m and m.group(0)


# The whole house is seen by who sees all, so the net would catch it.
expect("who sees all finds the others", leak(whole.get("/meters").body))
expect("and in the live values", leak(whole.get("/api/v1/live").body.replace(".", " ")))

starts = ["/home", "/meters", "/history", "/compare", "/events", "/breakers",
          "/account", "/about", "/api/v1/live", "/api/v1/site",
          "/api/v1/devices", "/api/v1/events", "/metrics", "/healthz",
          "/meters/P3?by=month", "/history?on=P3", "/history?on=P3,P9&by=hour",
          "/csv?on=P3&for=programs", "/csv/P3?by=day&for=programs",
          "/api/v1/series?on=P3&of=active_energy_import&by=hour",
          "/compare?on=P3&with=P9", "/history?on=P3&add=P1"]
todo, done = list(starts), set()
while todo and len(done) < 250:
    path = todo.pop(0)
    if path in done:
        continue
    done.add(path)
    r = v.get(path)
    expect(f"{path} answers", r.status < 500, r.status)
    body = r.body.replace(".active", " active") if "/api/" in path else r.body
    expect(f"{path} shows no other meter", not leak(body), str(leak(body)))
    if r.status == 303:
        todo.append(r.place())
    for href in re.findall(r'(?:href|data-poll|data-chart|src)="(/[^"]*)"', r.body):
        href = href.replace("&amp;", "&")
        if not href.startswith("/static/"):
            todo.append(href)
expect("he finds his own", any("/meters/P3" in p for p in done) and
       any("/csv/P3" in p for p in done), str(len(done)))

# What he may not see is answered like what does not exist.
for form in ("/meters/{}", "/meters/{}/quality", "/breakers/{}", "/csv/{}",
             "/csv/{}?by=hour&for=programs", "/csv/{}/2026-11.csv",
             "/files/{}/2026-11.csv", "/api/v1/series?on={}",
             "/api/v1/series?on={}&of=active_energy_import&by=hour",
             "/api/v1/series?on=P3,{}&of=active_energy_import&by=hour",
             "/history?on={}", "/history?on=P3,{}", "/history?on=P3&add={}",
             "/compare?on={}", "/compare?on=P3&with={}", "/csv?on={}",
             "/csv?on=P3,{}", "/events?device={}"):
    none = v.get(form.format("P77"))
    for plate in ("P1", "P8"):
        r = v.get(form.format(plate))
        expect(f"{form.format(plate)} is as if it did not exist",
               r.status == none.status and "Secret" not in r.body and
               len(r.body.replace("P77", plate)) - len(none.body) < 40,
               f"{r.status} {none.status}")
for plate in SEEN:
    expect(f"{plate} is seen", v.get(f"/meters/{plate}").status == 200)

# A page that is kept for many is not kept for him.
for path in ("/home", "/meters", "/meters/P3"):
    whole.get(path)
    expect(f"{path} is his own after another's", not leak(v.get(path).body))
    v.get(path)
    expect(f"{path} is whole for another after his",
           "Secret" in whole.get("/meters").body)

# Other rights count at once.
a = admin.post("/users/tenant", {"name": "tenant", "role": "user", "sees": "some",
               "r0": "zone:Cellar", "enabled": "1", "mine": "99999"},
               csrf=admin.csrf("/users/tenant"))
expect("rights change", a.status == 303, a.status)
until = time.monotonic() + 20
while (r := v.get("/meters/P3")).status == 200 and time.monotonic() < until:
    time.sleep(0.2)
expect("and end the session", r.status == 303 and
       r.place().startswith("/login"), r.status)
v = Visitor().sign_in("tenant", "48261")
expect("now the cellar", v.get("/meters/P4").status == 200 and
       v.get("/meters/P3").status == 404)
finish(f"{len(done)} pages")
