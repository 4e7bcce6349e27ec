"""The rules of access and what each is weakened to, for mutate.py.

A weakening is a few characters of the source and what stands in their place. BY_HAND names rules one by one;
EVERYWHERE finds each place that asks the same question; IN_THE_DATABASE weakens row-level security, and so
is tried on PostgreSQL alone.
"""

from __future__ import annotations

# (file in src/homeward, what stands there, what is put in its place)
BY_HAND = [
    # Who sees which child.
    ("records/access.py", "person.left_on <= today", "False"),
    ("records/access.py", "not person.is_active or", "False or"),
    ("records/access.py", "today <= role.ended_on)", "True)"),
    ("records/access.py", "role.started_on <= today)", "True)"),
    ("records/access.py", "if self.role and self.person.is_active else", "if self.role else"),
    ("records/access.py", "return action in actor.meaning.actions", "return True"),
    ("records/access.py", 'or not may(actor, "see_children"):', "or False:"),
    ("records/access.py", "(_reach(actor), authority=actor.authority)", "(_reach(actor))"),
    ("records/access.py", "(_reach(actor), authority=actor.authority)", "(authority=actor.authority)"),
    ("records/access.py", "return _unless_kept_from(actor, reached, named=True)", "return reached"),
    (
        "records/access.py",
        "return _unless_kept_from(actor, reached, named=True)",
        "return _unless_kept_from(actor, reached, named=False)",
    ),
    ("records/access.py", "return sorted(closed | set(excluded))", "return sorted(closed)"),
    ("records/access.py", "return sorted(closed | set(excluded))", "return sorted(set(excluded))"),
    ("records/access.py", "level == Restriction.SEALED or (named", "(named"),
    ("records/access.py", "Q(people=actor.person) | Q(level", "Q(pk__gt=0) | Q(level"),
    ("records/access.py", "teams=team, teams__isnull=False)", "teams__isnull=False)"),
    (
        "records/access.py",
        "return visible if actor.meaning.fields.issuperset(needs)",
        "return visible if True",
    ),
    ("records/access.py", "if fields.issuperset(needs)])", "])"),
    ("records/access.py", "if place.authority == authority]", "]"),
    ("records/access.py", ".exclude(pk__in=sealed.values", ".exclude(pk__in=sealed.none().values"),
    ("records/access.py", "(role.workers)) | Q(pk__in=allocated)", "(role.workers)) | Q(pk__gt=0)"),
    ("records/access.py", '_allocated([actor.person.pk], ("panel", "life_story"))', "Child.objects.all()"),
    ("records/access.py", "if one.team_id != role.team_id:", "if False:"),
    ("records/access.py", "elif ended:\n            over", "elif False:\n            over"),
    ("records/access.py", "if one.person_id not in elsewhere]", "]"),
    ("records/access.py", "worker__in=list(workers), started_on__lte=today", "worker__in=list(workers)"),
    ("records/access.py", "return spells.filter(ended).values_list", "return spells.values_list"),
    ("records/access.py", "basis__in=bases, started_on__lte=today", "basis__in=bases"),
    ("records/access.py", "return held.filter(still).values_list", "return held.values_list"),
    ("records/access.py", 'if "allocated" in bases:', "if True:"),
    (
        "records/access.py",
        "while add_working_days(day - DAY, HAND_OVER) >= today:",
        "while add_working_days(day - DAY, HAND_OVER + 1) >= today:",
    ),
    # Cover.
    ("records/access.py", "started_on__lte=today, ended_on__gte=today\n", "started_on__lte=today\n"),
    ("records/access.py", "started_on__lte=today, ended_on__gte=today\n", "ended_on__gte=today\n"),
    ("records/access.py", "by=actor.person, authority=actor.authority, ", "by=actor.person, "),
    # Emergency access.
    (
        "records/access.py",
        "if actor.authority is None or not actor.meaning.break_glass:\n        return None",
        "if actor.authority is None:\n        return None",
    ),
    (
        "records/access.py",
        "if actor.authority is None or not actor.meaning.break_glass:\n        return False",
        "if actor.authority is None:\n        return False",
    ),
    ("records/access.py", "until__gt=settings.NOW())", "until__isnull=False)"),
    (
        "records/access.py",
        "BreakGlass.objects.filter(person=actor.person, until",
        "BreakGlass.objects.filter(until",
    ),
    (
        "records/access.py",
        "return _unless_kept_from(actor, children, named=False).first()",
        "return children.first()",
    ),
    (
        "records/access.py",
        "return _unless_kept_from(actor, children, named=False).exists()",
        "return children.exists()",
    ),
    (
        "records/operations/break_glass.py",
        "if not is_eligible(actor) or not access.may_be_opened_by(actor, child):",
        "if not access.may_be_opened_by(actor, child):",
    ),
    ("records/operations/break_glass.py", "or not access.may_be_opened_by(actor, child)", ""),
    ("records/operations/break_glass.py", "<= UNREVIEWED", ">= 0"),
    ("records/operations/break_glass.py", ">= TRIES_AN_HOUR", "< 0"),
    ("records/operations/break_glass.py", "if opened.person == by:", "if False:"),
    ("records/operations/break_glass.py", "(same, authority=actor.authority)", "(same)"),
    (
        "records/queries/emergency_page.py",
        "child__authority=actor.authority).exclude(child__in=excluded)",
        "child__authority=actor.authority)",
    ),
    ("records/queries/emergency_page.py", "filter(child__authority=actor.authority)", "filter()"),
    ("records/queries/emergency_page.py", "one.child.name if one.child_id in seen", "one.child.name if True"),
    (
        "records/queries/emergency_page.py",
        "one.child.public_id if one.child_id in seen",
        "one.child.public_id if True",
    ),
    ("records/queries/emergency_page.py", '"" if one.child_id in closed', '"" if False'),
    # The agency, and what is shown of a shared child.
    (
        "records/access.py",
        "filter(made_at__lte=now, until__gt=now, ended_at=None)",
        "filter(made_at__lte=now, ended_at=None)",
    ),
    (
        "records/access.py",
        "filter(made_at__lte=now, until__gt=now, ended_at=None)",
        "filter(made_at__lte=now, until__gt=now)",
    ),
    (
        "records/access.py",
        '_live_shares().filter(agency=role.agency).values("child")',
        '_live_shares().values("child")',
    ),
    (
        "records/access.py",
        "(child__in=pks, agency=actor.role.agency if actor.role else None)",
        "(child__in=pks)",
    ),
    ("records/access.py", "- MASKED", ""),
    ("records/access.py", "(actor.meaning.fields & found)", "found"),
    ("records/operations/share.py", "set(field_sets) & set(SHARED)", "set(field_sets)"),
    ("records/operations/share.py", "if until < settings.TODAY():", "if False:"),
    ("records/operations/reveal.py", "field_sets_for(actor, child) & MASKED", "MASKED"),
    # Field sets: what tells of an order, of proceedings or of the child's own words.
    (
        "records/fields.py",
        'return "legal" in fields or LEGAL_EVENTS.isdisjoint',
        "return True or LEGAL_EVENTS.isdisjoint",
    ),
    ("records/fields.py", '("legal" in fields or cause not in', "(True or cause not in"),
    ("records/fields.py", 'return "history" in fields and ("legal"', 'return ("legal"'),
    ("records/queries/duties_page.py", '("work" in actor.meaning.fields or key', "(True or key"),
    ("records/queries/measures_held.py", '"work" not in self.actor.meaning.fields', "False"),
    ("records/fields.py", 'in PLACED_FOR_ADOPTION and "legal" not in fields', "in ()"),
    ("records/fields.py", "if of_event(event.kind) in fields]", "]"),
    ("records/fields.py", 'detail="" if e.kind == "ceased_looked_after" else', "detail="),
    ("records/fields.py", '        legal_status="",\n', ""),
    ("records/fields.py", '"" if stands.stage in LEGAL_STAGES else stands.stage', "stands.stage"),
    ("records/fields.py", "if model in LEGAL_FACTS or (model", "if (model"),
    ("records/fields.py", ' and (model not in WORK_FACTS or "work" in fields)', ""),
    ("records/fields.py", 'model == "Delay" and fact.cause in LEGAL_CAUSES', "False"),
    ("records/fields.py", 'found[gate.key] = "legal"', "pass"),
    ("records/fields.py", 'found[gate.key] = "voice"', "pass"),
    ("records/queries/decisions_page.py", "| ~Q(kind__in=LEGAL_DECISIONS)", "| Q()"),
    # Keeping a record closely, excluding somebody, sealing: two people, and never oneself.
    ("records/operations/sealing.py", "if sealing.asked_by == by:", "if False:"),
    ("records/operations/sealing.py", "    _end(sealing, by, agreed_by=by)\n", ""),
    ("records/operations/sealing.py", "filter(pk=sealing.pk, ended_at=None)", "filter(pk=sealing.pk)"),
    ("web/seal/views.py", "answers != str(asked.pk)", "False"),
    ("records/operations/restrict.py", "if exclusion.lift_asked_by == by:", "if False:"),
    ("records/operations/restrict.py", "if person == by:", "if False:"),
    ("records/operations/restrict.py", "if not _seen_by_somebody(child, people, teams):", "if False:"),
    (
        "records/operations/restrict.py",
        "if held and not _seen_by_somebody(",
        "if False and not _seen_by_somebody(",
    ),
    ("records/operations/restrict.py", "if level == Restriction.RESTRICTED:  # one", "if False:  # one"),
    (
        "records/access.py",
        "if Exclusion.objects.filter(child=child, person=person, lifted_at=None).exists():",
        "if False:",
    ),
    ("records/queries/protect_page.py", "(child=child, pk=pk, lifted_at=None)", "(pk=pk, lifted_at=None)"),
    ("records/queries/protect_page.py", "(child=child, pk=pk, ended_at=None)", "(pk=pk, ended_at=None)"),
    ("records/operations/notices.py", ".exclude(_of_oneself(actor.person))", ""),
    ("records/operations/notices.py", "(seen_at=None, authority=actor.authority)", "(seen_at=None)"),
    ("records/operations/notices.py", "mine.filter(role=actor.role.key) |", "mine |"),
    # Who has looked, for who sees no child.
    ("records/queries/looked.py", ".exclude(pk__in=excluded)", ""),
    ("records/queries/looked.py", ".exclude(pk__in=sealed)", ""),
    ("records/queries/looked.py", "filter(authority=authority).exclude", "filter().exclude"),
    # The door, the guard, the audit.
    ("records/door.py", "elif not write and (found", "elif (found"),
    (
        "records/door.py",
        "if actor.authority is None or not access.may(actor, action):",
        "if actor.authority is None:",
    ),
    ("records/door.py", "if limits.opened_too_many(actor.person, found.pk):", "if False:"),
    ("records/door.py", "if excluded:", "if False:"),
    ("records/door.py", 'trail.saw([found.pk], basis="break_glass")', "trail.saw([found.pk])"),
    ("web/layout/door.py", 'if "break_glass" in request.trail.children:', "if False:"),
    ("web/guard.py", "transaction.set_rollback(True)", "pass"),
    ("web/guard.py", "if not 16 <= len(key) <= 64:", "if False:"),
    ("web/guard.py", "return HttpResponse(status=401) if request.actor is None else None", "return None"),
    (
        "web/guard.py",
        "with connection.execute_wrapper(row_security.refuse_to_strangers):",
        "with nullcontext():",
    ),
    (
        "web/guard.py",
        "            with transaction.atomic():\n                _write(request, response)",
        "            pass",
    ),
    ("web/guard.py", "while found in trusted and hops:", "while hops:"),
    ("records/audit.py", "entry.hash = hash_of(entry)", 'entry.hash = "0" * 64'),
    ("records/operations/limits.py", "len(distinct) >= CHILDREN_AN_HOUR and", "False and"),
    ("records/operations/limits.py", 'opened = entries.exclude(action="refuse")', "opened = entries"),
    ("records/operations/limits.py", "if spent.used >= allowed:", "if False:"),
    ("records/operations/once.py", "if (first.place, first.body) != (place, body):", "if False:"),
    # Drafts.
    (
        "records/operations/unsent.py",
        "Draft.objects.filter(person=person, saved_at__gt",
        "Draft.objects.filter(saved_at__gt",
    ),
    (
        "records/operations/unsent.py",
        'return f"draft:{person.pk}:{child.pk}:{form}"',
        'return f"draft:{child.pk}:{form}"',
    ),
    ("records/operations/unsent.py", "saved_at__gt=settings.NOW() - KEPT)", "pk__gt=0)"),
    # Files and imports.
    ("records/queries/files_page.py", 'if actor.meaning.reach == "agency":', "if False:"),
    (
        "records/queries/files_page.py",
        "field_sets_for(actor, child) - MASKED",
        "field_sets_for(actor, child)",
    ),
    ("records/queries/files_page.py", "filter(child=child, field_set__in=about)", "filter(child=child)"),
    (
        "records/queries/files_page.py",
        "filter(child=child, field_set__in=about)",
        "filter(field_set__in=about)",
    ),
    (
        "records/queries/files_page.py",
        "return files_of(actor, child).select",
        "return _seen(actor, child).select",
    ),
    ("web/files/views.py", "_SANDBOX\n    return", '""\n    return'),
    ("records/queries/imports_page.py", "open_to = {0, *visible}", "open_to = {*held.values(), 0}"),
    ("records/queries/imports_page.py", "filter(authority=authority, pk=pk)", "filter(pk=pk)"),
    (
        "records/queries/imports_page.py",
        'filter(authority=authority).select_related("person")',
        'select_related("person")',
    ),
    # Meetings and calendars.
    ("records/queries/meetings_page.py", "if line.children or pk not in filled]", "]"),
    (
        "records/queries/meetings_page.py",
        "Meeting.objects.filter(authority=authority, public_id=",
        "Meeting.objects.filter(public_id=",
    ),
    ("records/queries/meetings_page.py", "filter(authority=authority, on__range", "filter(on__range"),
    ("records/queries/meetings_page.py", 'voice="voice" in fields,', "voice=True,"),
    ("web/meetings/paper.py", 'voice = "voice" in fields', "voice = True"),
    ("web/meetings/paper.py", 'if "legal" in fields and', "if"),
    ("web/meetings/minutes.py", '"voice": "voice" in fields,', '"voice": True,'),
    (
        "records/operations/calendars.py",
        "hash=hashed, ended_at=None, expires_at__gt=settings.NOW()",
        "hash=hashed, ended_at=None",
    ),
    ("records/operations/calendars.py", "hash=hashed, ended_at=None, ", "hash=hashed, "),
    ("records/operations/calendars.py", "if place.key == key), None)", "), None)"),
    ("records/operations/calendars.py", "(person=person, pk=pk, ended_at=None)", "(pk=pk, ended_at=None)"),
    ("records/operations/calendars.py", "(person=person, ended_at=None", "(ended_at=None"),
    ("records/operations/calendars.py", "held.filter(ended_at=None).update", "held.none().update"),
    ("web/calendars/views.py", "if feed.only_mine:", "if False:"),
    # Tokens of the read API.
    (
        "records/operations/tokens.py",
        "hash=_hash(text), ended_at=None, expires_at__gt=settings.NOW()",
        "hash=_hash(text), ended_at=None",
    ),
    ("records/operations/tokens.py", "hash=_hash(text), ended_at=None, ", "hash=_hash(text), "),
    ("records/operations/tokens.py", "if place.key == key), None)", "), None)"),
    ("records/operations/tokens.py", "(person=person, pk=pk, ended_at=None)", "(pk=pk, ended_at=None)"),
    ("records/operations/tokens.py", "(person=person, ended_at=None", "(ended_at=None"),
    ("records/operations/tokens.py", "if access.may(actor, action)}", "}"),
    ("api/views.py", "if scope not in request.token.scopes:", "if False:"),
    ("api/views.py", 'if "history" in page.fields else None', "if True else None"),
    ("api/views.py", 'if "legal" in page.fields else None', "if True else None"),
    # The digest by post.
    ("records/queries/digest.py", 'or not may(actor, "see_children"):', "or False:"),
    ("records/operations/digests.py", "Person.objects.filter(present(today))", "Person.objects.all()"),
    ("records/queries/digest.py", "    if choice.off:\n        return []\n", ""),
    # A session, and the second factor.
    (
        "web/sign_in/middleware.py",
        '>= ABSOLUTE:\n        return "absolute"',
        '< 0:\n        return "absolute"',
    ),
    ("web/sign_in/middleware.py", '"idle" if now - session.get("seen", now) >= IDLE else ""', '""'),
    ("web/sign_in/middleware.py", "or factor.checked_at(request) is not None:", "or True:"),
    ("web/sign_in/factor.py", "and not is_fresh(request)", "and checked_at(request) is None"),
    ("web/sign_in/factor.py", "return asked if safe else reverse", "return asked if True else reverse"),
    # Work for others.
    (
        "web/cover/views.py",
        'access.may(actor, "cover") and actor.meaning.reach == "authority"',
        'access.may(actor, "cover")',
    ),
    ("web/cover/views.py", "if role.person == person]", "]"),
    (
        "web/cover/views.py",
        "people_page.covers_of(authority, person=person)",
        "people_page.covers_of(authority)",
    ),
    ("web/cover/views.py", "people_page.covers_of(authority, team=team)", "people_page.covers_of(authority)"),
]

# (folders and files, pattern, what is put in its place): every place that asks the question is weakened in turn.
_WEB, _ASKED = (
    ("web/*/*.py", "api/views.py"),
    ("records/queries/**/*.py", "records/operations/*.py", "web/*/views.py"),
)
EVERYWHERE = [
    # What may be done there.
    (_WEB, r'(?<![.\w])reading\(request, "(?!see_home)\w+"\)', 'reading(request, "see_home")'),
    (_WEB, r"if not access\.may\(request\.actor, [^)]+\)", "if False"),
    (_WEB, r"if not _may_\w+\(request\)", "if False"),
    (_WEB, r"if factor\.must_ask\(request\)", "if False"),
    (_WEB, r"(?m)^@fresh_second_factor\n", ""),
    # An emergency opens a record to be read; it is written by nobody.
    (_WEB, r"(\(request, public_id[^)]*), write=(True|writes)\)", r"\1)"),
    (
        _WEB,
        r"\bto_record\((?=request, public_id)",
        "__import__('homeward.web.child.frame', fromlist='opened').opened(",
    ),
    # A page of a field set that the person is not shown.
    (_WEB, r'(\(request, public_id)(, "(history|legal|voice|work)")+', r"\1"),
    (_WEB, r"if not shown\.issuperset\(needs\)", "if False"),
    (_WEB, r'if "history" not in fields', "if False"),
    # The one door to children, in each list, count and choice.
    (_ASKED, r"children_visible_to\((\w+\.)?actor\)", r"\g<0>.model.objects.all()"),
    (_ASKED, r'(children_shown_to\(actor)(, "\w+")+\)', r"\1).model.objects.all()"),
    (_ASKED, r'(children_shown_to\(actor(, "core")?)(, "(?!core)\w+")+\)', r"\1)"),
]

# In records/row_security.py, on PostgreSQL.
IN_THE_DATABASE = [
    ('f"authority_id = {_AUTHORITY}",\n            f"id NOT IN', '"TRUE",\n            f"id NOT IN'),
    ("id NOT IN ({_KEPT}) AND ", ""),
    (" AND ({_AGENCY} IS NULL OR id IN ({_SHARED}))", ""),
    (
        '_table(Meeting): (f"authority_id = {_AUTHORITY}", f"{_AGENCY} IS NULL")',
        '_table(Meeting): (f"authority_id = {_AUTHORITY}", "TRUE")',
    ),
    ('_table(Meeting): (f"authority_id = {_AUTHORITY}"', '_table(Meeting): ("TRUE"'),
    (
        '_table(Load): (f"authority_id = {_AUTHORITY}", f"{_AGENCY} IS NULL")',
        '_table(Load): (f"authority_id = {_AUTHORITY}", "TRUE")',
    ),
    ('_table(Load): (f"authority_id = {_AUTHORITY}"', '_table(Load): ("TRUE"'),
    (" AND child NOT IN ({_KEPT_CODES})", ""),
    ("{_AGENCY} IS NULL AND child NOT IN", "child NOT IN"),
    ("EXISTS (SELECT FROM {_table(Child)} c WHERE c.id = {table}.{column})", "TRUE"),
    ("EXISTS (SELECT FROM {_table(Restriction)} r WHERE r.id = {table}.restriction_id)", "TRUE"),
    ('f"person_id = {_PERSON}" if model is Draft else "TRUE"', '"TRUE"'),
    ('f"authority_id = {_AUTHORITY} AND {rows}" if "authority_id" in columns else rows', "rows"),
    ("AS PERMISSIVE USING ({_ANYBODY})", "AS PERMISSIVE USING (TRUE)"),
    ("{_SCOPE} = 'command' OR ({council})", "TRUE"),
    ("{_SCOPE} <> 'actor' OR ({reach})", "TRUE"),
    ("ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY", "ENABLE ROW LEVEL SECURITY"),
    ("WHERE person_id = %s AND lifted_at IS NULL", "WHERE person_id = %s AND FALSE"),
    ("WHERE r.level = 3 AND r.ended_at IS NULL", "WHERE FALSE AND r.ended_at IS NULL"),
    ("AND made_at <= %s AND until > %s AND ended_at IS NULL", "AND made_at <= %s AND until > %s"),
    ("WHERE agency_id = %s AND made_at", "WHERE (agency_id = %s OR TRUE) AND made_at"),
    ("    yield\n    if not connection.needs_rollback:\n        _put(**before)", "    yield"),
    ('_put(scope="authority", authority=authority.pk)', '_put(scope="command")'),
]
