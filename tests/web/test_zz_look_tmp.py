import os
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]="1"
import pytest
from pathlib import Path
from playwright.sync_api import sync_playwright
from django.test import Client
from django.db import transaction
from tests.cast import Cast, acting
from tests.story import Story
from tests.web.police import FOUR, WHY, where
from waymark.referrals import known, screening, papers
from waymark.referrals.models import Subject
from django.urls import reverse
from datetime import date
AXE=Path("/work/main/node_modules/axe-core/axe.min.js").read_text()
OUT=Path("/tmp/w/screening")
DOC=[{"topic":"happened","heading":"What happened","person":None,"code":"exact_words","question":"What was said or done? Write the exact words if you can.","answer":"He said: “somebody should do something about them”.\n\nThen he drew a map."},
{"topic":"meaning","heading":"What you make of it","person":None,"code":"type_of_concern","question":"What is the worry about?","answer":"Not sure","value":"not_sure"},
{"topic":"life","heading":"What else is going on","person":None,"code":"needs","question":"What else is going on?","answer":["Family issues","Housing"]},
{"topic":"home","heading":"Home","person":0,"code":"school","question":"Which school?","answer":""}]
@pytest.mark.django_db(transaction=True)
def test_look(live_server):
    with transaction.atomic():
        essex=Cast("Essex"); police=essex.police_officer; lead=essex.police_lead
        from tests.cast import INSTALLATION
        story=Story(essex).referred(document=DOC, organisation_name="Essex Academy")
        screening.take(story.subject, by=acting(police))
        screening.decide(story.subject, by=police, decision=story.decision("not_prevent", reason="no_concern", why=WHY))
        again=Story(essex).referred(document=DOC); acting(lead)
        sub=Subject.objects.select_related("referral").get(pk=again.subject.pk)
        for n in range(3): Story(essex, surname=f"Birch{n}").referred(document=DOC)
        acting(lead); ref=where(sub); first=where(Subject.objects.select_related("referral").get(pk=story.subject.pk))
        papers.note(by=acting(police),area=essex.area,what="A letter about somebody called R.",told_by="A neighbour",received_date=date(2026,11,2),original_kept="Safe 2",held_by=police)
        police_pk, lead_pk = police, lead
    def session(user):
        with transaction.atomic():
            acting(user)
            c=Client(); c.force_login(user, backend="waymark.web.sign_in_backend.ByPassword")
        return c.cookies["__Host-session"].value
    tokens={"police":session(police),"lead":session(lead)}
    with sync_playwright() as p:
        b=p.chromium.launch(executable_path="/usr/bin/chromium")
        said=[]
        for who,token in tokens.items():
            for w,h in ((1280,800),(320,640)):
                ctx=b.new_context(viewport={"width":w,"height":h}); ctx.add_init_script(AXE)
                url=live_server.url.replace("127.0.0.1","localhost")
                ctx.add_cookies([{"name":"__Host-session","value":token,"url":url,"secure":True,"path":"/"}] if False else [{"name":"__Host-session","value":token,"domain":"localhost","path":"/","secure":True,"httpOnly":True}])
                page=ctx.new_page(); page.on("console",lambda m: said.append((m.type,m.text)) if m.type in("error",) else None)
                def shot(name, path):
                    r=page.goto(url+path); 
                    res=page.evaluate("async()=>(await axe.run()).violations.map(v=>v.id+': '+v.nodes.map(n=>n.target.join(' ')).slice(0,3).join(' | '))")
                    ov=page.evaluate("document.documentElement.scrollWidth>innerWidth")
                    print(who,w,name,r.status,res,"OVERFLOW" if ov else "")
                    page.screenshot(path=str(OUT/f"{name}-{w}.png"),full_page=True)
                if who=="police":
                    shot("queue",reverse("referrals")); shot("referral",reverse("referral",args=[ref[0]]))
                    if w==1280: page.get_by_role("button",name="Take this referral").click()
                    shot("referral-taken",reverse("referral",args=[ref[0]]))
                    shot("known",reverse("screening_known",args=ref))
                    if w==1280:
                        page.get_by_role("button",name="Say whether they are the same").click(); 
                        page.screenshot(path=str(OUT/"say-1280.png"),full_page=True)
                        shot("blocked",reverse("screening_decide",args=ref))
                        shot("known",reverse("screening_known",args=ref))
                        page.get_by_role("button",name="Say whether they are the same").click(); 
                        page.get_by_label("The same person").check(); page.get_by_label("Why do you think so?").fill("Same school."); page.get_by_role("button",name="Say so").click()
                    shot("known-answered",reverse("screening_known",args=ref))
                    shot("choose",reverse("screening_decide",args=ref))
                    shot("new-case",reverse("screening_outcome",args=[*ref,"new-case"]))
                    shot("malicious",reverse("screening_outcome",args=[*ref,"malicious"]))
                    page.get_by_role("button",name="Propose that it is malicious").click(); page.screenshot(path=str(OUT/f"malicious-errors-{w}.png"),full_page=True)
                    shot("referrer",reverse("referral_referrer",args=[ref[0]])); shot("ask",reverse("referral_ask",args=[ref[0]])); shot("additions",reverse("referral_additions",args=[ref[0]]))
                    shot("papers",reverse("papers")); shot("paper-note",reverse("paper_note")); shot("form-requests",reverse("form_requests")); shot("advice",reverse("advice")); shot("advice-note",reverse("advice_note")); shot("form-note",reverse("note_form_request"))
                    shot("social-care",reverse("subject_safeguarding",args=ref))
                else:
                    shot("not-prevent",reverse("not_prevent")); shot("read",reverse("screening_read",args=first)); shot("assign",reverse("screening_assign",args=ref))
                ctx.close()
        print(said)
