import re
from django.urls import get_resolver
from django.test import Client
from tests.cast import Cast, acting
from tests.story import Story
from waymark.directory.models import Role
import json
def test_x(essex, thurrock):
    open_ = Story(essex).consented()
    early = Story(essex, surname="Birch").screened()
    people = {r.value: getattr(essex, r.value) for r in Role} | {"outsider": essex.outsider, "thurrock_chair": thurrock.chair, "thurrock_police": thurrock.police_officer, "thurrock_adult": thurrock.adult_lead, "nobody": None}
    acting(essex.police_lead)
    sub = open_.subject
    early_sub = early.subject
    piece = open_.piece()
    acting(essex.chair)
    need = open_.plan.needs.first() if hasattr(open_.plan, "needs") else None
    fill = {"number": 0, "key": 1, "area": "essex", "subject_id": sub.pk, "code":"concern","role":"chair","page":"purpose","other":2, "piece":piece.pk,"need": getattr(need,"pk",3),"kind":"deferred","outcome":"panel"}
    out = {}
    for pat in get_resolver().url_patterns:
        route = str(pat.pattern)
        names = re.findall(r"<(?:\w+:)?(\w+)>", route)
        for which, story in (("open", open_), ("early", early)):
            f = dict(fill)
            acting(essex.police_lead)
            f["reference"] = story.case.reference if route.startswith("cases") else story.subject.referral.reference
            if route.startswith("panels/<int:key>"): f["key"]=open_.meeting.pk
            if route.startswith("support/"): f["key"]=piece.pk
            if route.startswith("requests/"): f["key"]=open_.request.pk
            addr = "/"+re.sub(r"<(?:\w+:)?(\w+)>", lambda m: str(f.get(m[1],"1")), route)
            if which=="early" and "reference" not in names: continue
            res = {}
            for who, user in people.items():
                c = Client(raise_request_exception=False)
                if user is not None:
                    acting(user); c.force_login(user, backend="waymark.web.sign_in_backend.ByPassword")
                from django.db import transaction
                a = c.get(addr)
                res.setdefault(a.status_code, []).append(who)
            out[f"{which} {route} [{pat.name}] {getattr(pat.callback,'access','')}"] = res
    lines=[]
    for k,v in out.items():
        if "access" and v.get(200) and len(v)==1: lines.append(f"{k}: ALL 200"); continue
        lines.append(k+": "+ "; ".join(f"{s}: {','.join(w) if len(w)<14 else str(len(w))}" for s,w in sorted(v.items())))
    open("/tmp/w/sec/matrix.txt","w").write("\n".join(lines))
