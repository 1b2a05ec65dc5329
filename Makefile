# Each target sets up what it needs; see bin/ for how.
.PHONY: run test soak check conformance pictures bench assets docs lock clean

run:
	@bin/setup && bin/assets && exec .venv/bin/waymark run

test:
	@bin/setup && bin/assets && exec bin/test

soak:
	@bin/setup && bin/assets && SOAK=1000 exec bin/test -n 0 tests/security/test_killed.py tests/walk/test_walk.py

check:
	@bin/setup && bin/assets && exec bin/check

pictures:
	@bin/setup && bin/assets && GUIDE_PICTURES=docs/pictures exec bin/test -n 0 tests/browser/test_journey.py tests/browser/test_made_ready.py tests/browser/test_meeting_day.py tests/browser/test_support_and_exit.py

conformance:
	@bin/setup && bin/assets && exec bin/conformance

assets:
	@bin/setup && exec bin/assets --again

docs:
	@bin/setup && DJANGO_SETTINGS_MODULE=tests.settings exec .venv/bin/python -m waymark.project.draw

lock:
	@exec bin/lock

clean:
	rm -rf .venv node_modules waymark/web/static/built *.egg-info .*_cache .hypothesis

bench:
	@bin/setup && bin/assets && exec .venv/bin/python -m bench
