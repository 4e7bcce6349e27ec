"""Every address of the pages. A child's address carries a random id, never a name."""

from django.urls import include, path

from homeward.web.actions import of_child as child_actions
from homeward.web.actions import views as actions
from homeward.web.board import views as board
from homeward.web.board import writing as board_writing
from homeward.web.calendars import views as calendars
from homeward.web.challenge import views as challenge
from homeward.web.child import views as child
from homeward.web.children import views as children
from homeward.web.cover import views as cover
from homeward.web.decisions import of_child as child_decisions
from homeward.web.decisions import views as decisions
from homeward.web.delay import views as delay
from homeward.web.digest import views as digest
from homeward.web.drift import views as drift
from homeward.web.emergency import views as emergency
from homeward.web.files import views as files
from homeward.web.frequency import views as frequency
from homeward.web.grading import views as grading
from homeward.web.home import views as home
from homeward.web.imports import views as imports
from homeward.web.looked import views as looked
from homeward.web.meetings import arrange, minutes, paper
from homeward.web.meetings import calendar as meetings_calendar
from homeward.web.meetings import views as meetings
from homeward.web.needs import views as needs
from homeward.web.oversight import front
from homeward.web.oversight import matters as oversight_of_matters
from homeward.web.oversight import meetings as oversight_of_meetings
from homeward.web.oversight import reviewing as oversight_reviewing
from homeward.web.oversight import views as oversight
from homeward.web.people import views as people
from homeward.web.plans import acts as plan_acts
from homeward.web.plans import change as plan_change
from homeward.web.plans import in_words as plan_words
from homeward.web.plans import routes as plan_routes
from homeward.web.plans import steps as plan_steps
from homeward.web.plans import views as plans
from homeward.web.policy import views as policy
from homeward.web.protect import views as protect
from homeward.web.quality import views as quality
from homeward.web.record import views as record
from homeward.web.returning import oversight as return_oversight
from homeward.web.returning import steps as return_steps
from homeward.web.returning import views as returning
from homeward.web.reveal import views as reveal
from homeward.web.role import views as role
from homeward.web.school_holidays import views as school_holidays
from homeward.web.scrutiny import views as scrutiny
from homeward.web.seal import views as seal
from homeward.web.short_notice import views as short_notice
from homeward.web.standards import views as standards
from homeward.web.supervision import views as supervision
from homeward.web.tokens import views as tokens
from homeward.web.tracker import views as tracker
from homeward.web.work import views as work
from homeward.web.working_with import views as working_with

urlpatterns = [
    path("", home.home, name="home"),
    path("", include("homeward.web.sign_in.urls")),
    path("role", role.role, name="role"),
    path("account/tokens", tokens.tokens, name="tokens"),
    path("account/tokens/make", tokens.token_make, name="token_make"),
    path("account/tokens/<int:pk>/end", tokens.token_end, name="token_end"),
    path("account/calendar", calendars.calendars, name="calendars"),
    path("account/calendar/make", calendars.calendar_make, name="calendar_make"),
    path("account/calendar/<int:pk>/end", calendars.calendar_end, name="calendar_end"),
    path("calendar/<str:secret>.ics", calendars.calendar, name="calendar"),
    path("account/digest", digest.digest_choice, name="digest_choice"),
    path("digest", digest.digest, name="digest"),
    path("notices/<int:pk>/seen", home.notice_seen, name="notice_seen"),
    path("children", children.children, name="children"),
    path("tracker", tracker.tracker, name="tracker"),
    path("tracker/export", tracker.tracker_export, name="tracker_export"),
    path("tracker/views", tracker.tracker_view_save, name="tracker_view_save"),
    path("tracker/views/<int:pk>/delete", tracker.tracker_view_drop, name="tracker_view_drop"),
    path("child/<str:public_id>", child.child, name="child"),
    path("child/<str:public_id>/dates", child.child_dates, name="child_dates"),
    path("child/<str:public_id>/timeline", child.child_timeline, name="child_timeline"),
    path("child/<str:public_id>/history", child.child_history, name="child_history"),
    path("child/<str:public_id>/record", record.record, name="record"),
    path("child/<str:public_id>/facts/<uuid:uid>", record.correct, name="correct"),
    path("child/<str:public_id>/draft", record.draft, name="draft"),
    path("child/<str:public_id>/draft/drop", record.draft_drop, name="draft_drop"),
    path("child/<str:public_id>/files", files.child_files, name="child_files"),
    path("child/<str:public_id>/files/add", files.child_file_add, name="child_file_add"),
    path("child/<str:public_id>/files/<int:pk>", files.child_file, name="child_file"),
    path("child/<str:public_id>/files/<int:pk>/remove", files.child_file_remove, name="child_file_remove"),
    path("child/<str:public_id>/people", working_with.child_people, name="child_people"),
    path("child/<str:public_id>/people/<int:pk>/end", working_with.child_people_end, name="child_people_end"),
    path("child/<str:public_id>/plans", plans.child_plans, name="child_plans"),
    path(
        "child/<str:public_id>/plans/propose/<str:position>",
        plan_steps.child_plan_propose,
        name="child_plan_propose",
    ),
    path(
        "child/<str:public_id>/plans/none/<str:position>", plan_acts.child_plan_none, name="child_plan_none"
    ),
    path("child/<str:public_id>/plans/in-words", plan_words.child_plan_words, name="child_plan_words"),
    path("child/<str:public_id>/plans/routes", plan_routes.child_routes, name="child_routes"),
    path("child/<str:public_id>/plans/routes/<str:route>", plan_routes.child_route, name="child_route"),
    path(
        "child/<str:public_id>/plans/<uuid:uid>/change",
        plan_change.child_plan_change,
        name="child_plan_change",
    ),
    path("child/<str:public_id>/plans/<uuid:uid>/judge", grading.child_plan_grade, name="child_plan_grade"),
    path("child/<str:public_id>/plans/<uuid:uid>/<str:act>", plan_acts.child_plan_act, name="child_plan_act"),
    path("child/<str:public_id>/access", protect.child_access, name="child_access"),
    path("child/<str:public_id>/access/exclude", protect.child_exclude, name="child_exclude"),
    path("child/<str:public_id>/access/<int:pk>", protect.exclusion_lift, name="exclusion_lift"),
    path("child/<str:public_id>/shares", protect.child_shares, name="child_shares"),
    path("child/<str:public_id>/shares/<int:pk>/end", protect.child_share_end, name="child_share_end"),
    path("child/<str:public_id>/reveal", reveal.child_reveal, name="child_reveal"),
    path("child/<str:public_id>/actions", child_actions.child_actions, name="child_actions"),
    path("child/<str:public_id>/actions/add", child_actions.child_action_add, name="child_action_add"),
    path(
        "child/<str:public_id>/actions/<uuid:uid>/close",
        child_actions.child_action_close,
        name="child_action_close",
    ),
    path(
        "child/<str:public_id>/actions/<uuid:uid>/change",
        child_actions.child_action_change,
        name="child_action_change",
    ),
    path("child/<str:public_id>/frequency", frequency.child_frequency, name="child_frequency"),
    path("child/<str:public_id>/short-notice", short_notice.child_short_notice, name="child_short_notice"),
    path(
        "child/<str:public_id>/short-notice/add",
        short_notice.child_short_notice_add,
        name="child_short_notice_add",
    ),
    path(
        "child/<str:public_id>/short-notice/<uuid:uid>",
        short_notice.child_short_notice_reply,
        name="child_short_notice_reply",
    ),
    path("child/<str:public_id>/decisions", child_decisions.child_decisions, name="child_decisions"),
    path(
        "child/<str:public_id>/decisions/add", child_decisions.child_decision_add, name="child_decision_add"
    ),
    path(
        "child/<str:public_id>/decisions/<uuid:uid>",
        child_decisions.child_decision_correct,
        name="child_decision_correct",
    ),
    path(
        "child/<str:public_id>/decisions/<uuid:uid>/told",
        child_decisions.child_decision_told,
        name="child_decision_told",
    ),
    path(
        "child/<str:public_id>/decisions/<uuid:uid>/again",
        child_decisions.child_decision_again,
        name="child_decision_again",
    ),
    path("child/<str:public_id>/challenge", challenge.child_challenge, name="child_challenge"),
    path(
        "child/<str:public_id>/challenge/raise",
        challenge.child_challenge_raise,
        name="child_challenge_raise",
    ),
    path(
        "child/<str:public_id>/challenge/<uuid:uid>",
        challenge.child_challenge_correct,
        name="child_challenge_correct",
    ),
    path(
        "child/<str:public_id>/challenge/<uuid:uid>/further",
        challenge.child_challenge_stage,
        name="child_challenge_stage",
    ),
    path(
        "child/<str:public_id>/challenge/<uuid:uid>/answer",
        challenge.child_challenge_answer,
        name="child_challenge_answer",
    ),
    path(
        "child/<str:public_id>/challenge/<uuid:uid>/settle",
        challenge.child_challenge_settle,
        name="child_challenge_settle",
    ),
    path(
        "child/<str:public_id>/scrutiny/<uuid:uid>",
        scrutiny.child_scrutiny_correct,
        name="child_scrutiny_correct",
    ),
    path("child/<str:public_id>/scrutiny/<str:kind>", scrutiny.child_scrutiny_add, name="child_scrutiny_add"),
    path("child/<str:public_id>/delay", delay.child_delay, name="child_delay"),
    path("child/<str:public_id>/delay/add", delay.child_delay_add, name="child_delay_add"),
    path("child/<str:public_id>/delay/<uuid:uid>", delay.child_delay_change, name="child_delay_change"),
    path("child/<str:public_id>/delay/<uuid:uid>/end", delay.child_delay_end, name="child_delay_end"),
    path("child/<str:public_id>/return", returning.child_return, name="child_return"),
    path("child/<str:public_id>/return/open", returning.child_return_open, name="child_return_open"),
    path(
        "child/<str:public_id>/return/<uuid:uid>/change",
        returning.child_return_change,
        name="child_return_change",
    ),
    path(
        "child/<str:public_id>/return/<uuid:uid>/agree",
        returning.child_return_agree,
        name="child_return_agree",
    ),
    path(
        "child/<str:public_id>/return/<uuid:uid>/home", returning.child_return_home, name="child_return_home"
    ),
    path("child/<str:public_id>/return/<uuid:uid>/end", returning.child_return_end, name="child_return_end"),
    path(
        "child/<str:public_id>/return/<uuid:uid>/step",
        return_steps.child_return_step,
        name="child_return_step",
    ),
    path(
        "child/<str:public_id>/return/<uuid:uid>/review",
        return_steps.child_return_review,
        name="child_return_review",
    ),
    path(
        "child/<str:public_id>/return/steps/<uuid:uid>/change",
        return_steps.child_return_step_change,
        name="child_return_step_change",
    ),
    path(
        "child/<str:public_id>/return/steps/<uuid:uid>/close",
        return_steps.child_return_step_close,
        name="child_return_step_close",
    ),
    path(
        "child/<str:public_id>/return/reviews/<uuid:uid>",
        return_steps.child_return_review_change,
        name="child_return_review_change",
    ),
    path("child/<str:public_id>/needs", needs.child_needs, name="child_needs"),
    path("child/<str:public_id>/needs/add", needs.child_need_add, name="child_need_add"),
    path("child/<str:public_id>/needs/<uuid:uid>", needs.child_need_correct, name="child_need_correct"),
    path("child/<str:public_id>/needs/<uuid:uid>/close", needs.child_need_close, name="child_need_close"),
    path("child/<str:public_id>/judged", grading.child_grades, name="child_grades"),
    path("child/<str:public_id>/judged/add", grading.child_grade_add, name="child_grade_add"),
    path("child/<str:public_id>/judged/<uuid:uid>", grading.child_grade_correct, name="child_grade_correct"),
    path("child/<str:public_id>/standards", standards.child_standards, name="child_standards"),
    path(
        "child/<str:public_id>/standards/check",
        standards.child_standards_check,
        name="child_standards_check",
    ),
    path("child/<str:public_id>/supervision", supervision.child_supervision, name="child_supervision"),
    path(
        "child/<str:public_id>/supervision/add",
        supervision.child_supervision_add,
        name="child_supervision_add",
    ),
    path(
        "child/<str:public_id>/supervision/<uuid:uid>",
        supervision.child_supervision_correct,
        name="child_supervision_correct",
    ),
    path(
        "child/<str:public_id>/supervision/<uuid:uid>/grade",
        supervision.child_supervision_grade,
        name="child_supervision_grade",
    ),
    path("child/<str:public_id>/looked", looked.child_looked, name="child_looked"),
    path("child/<str:public_id>/seal", seal.child_seal, name="child_seal"),
    path("child/<str:public_id>/meetings", meetings.child_meetings, name="child_meetings"),
    path("child/<str:public_id>/refer", meetings.child_refer, name="child_refer"),
    path("meetings", meetings.meetings, name="meetings"),
    path("meetings/arrange", arrange.meeting_arrange, name="meeting_arrange"),
    path("meetings/calendar", meetings_calendar.meetings_month, name="meetings_month"),
    path("meetings/<str:meeting_id>", meetings.meeting, name="meeting"),
    path("meetings/<str:meeting_id>/change", meetings.meeting_change, name="meeting_change"),
    path("meetings/<str:meeting_id>/cancel", meetings.meeting_cancel, name="meeting_cancel"),
    path("meetings/<str:meeting_id>/came", meetings.meeting_came, name="meeting_came"),
    path("meetings/<str:meeting_id>/agenda", meetings.meeting_agenda, name="meeting_agenda"),
    path("meetings/<str:meeting_id>/add", meetings.meeting_add, name="meeting_add"),
    path("meetings/<str:meeting_id>/together", meetings.meeting_together, name="meeting_together"),
    path("meetings/<str:meeting_id>/items/<int:pk>", minutes.meeting_item, name="meeting_item"),
    path(
        "meetings/<str:meeting_id>/items/<int:pk>/keep", minutes.meeting_item_keep, name="meeting_item_keep"
    ),
    path(
        "meetings/<str:meeting_id>/items/<int:pk>/move", meetings.meeting_item_move, name="meeting_item_move"
    ),
    path(
        "meetings/<str:meeting_id>/items/<int:pk>/put-off",
        meetings.meeting_item_put_off,
        name="meeting_item_put_off",
    ),
    path("meetings/<str:meeting_id>/sign", minutes.meeting_sign, name="meeting_sign"),
    path("meetings/<str:meeting_id>/record", paper.meeting_record, name="meeting_record"),
    path("meetings/<str:meeting_id>/calendar.ics", meetings_calendar.meeting_file, name="meeting_file"),
    path("school-holidays", school_holidays.school_holidays, name="school_holidays"),
    path(
        "school-holidays/<int:pk>/remove",
        school_holidays.school_holiday_remove,
        name="school_holiday_remove",
    ),
    path("emergency", emergency.emergency, name="emergency"),
    path("actions", actions.actions, name="actions"),
    path("actions/print", actions.actions_print, name="actions_print"),
    path("actions/export", actions.actions_export, name="actions_export"),
    path("decisions", decisions.decisions, name="decisions"),
    path("decisions/export", decisions.decisions_export, name="decisions_export"),
    path("board", board.board_report, name="board_report"),
    path("board/paper", board.board_paper, name="board_paper"),
    path("board/figures", board.board_export, name="board_export"),
    path("board/children", board.board_children, name="board_children"),
    path("board/commentary", board_writing.board_commentary, name="board_commentary"),
    path("board/actions/add", board_writing.board_action_add, name="board_action_add"),
    path("board/actions/<int:pk>/close", board_writing.board_action_close, name="board_action_close"),
    path("oversight", front.oversight, name="oversight"),
    path("oversight/delay", oversight.oversight_delay, name="oversight_delay"),
    path("oversight/delay/children", oversight.oversight_delay_children, name="oversight_delay_children"),
    path("oversight/delay/ruled-out", oversight.oversight_ruled_out, name="oversight_ruled_out"),
    path("oversight/drift", drift.oversight_drift, name="oversight_drift"),
    path("oversight/drift/export", drift.oversight_drift_export, name="oversight_drift_export"),
    path("oversight/returns", return_oversight.oversight_returns, name="oversight_returns"),
    path("oversight/meetings", oversight_of_meetings.oversight_meetings, name="oversight_meetings"),
    path("oversight/matters", oversight_of_matters.oversight_matters, name="oversight_matters"),
    path(
        "oversight/matters/export",
        oversight_of_matters.oversight_matters_export,
        name="oversight_matters_export",
    ),
    path(
        "oversight/matters/quarter",
        oversight_of_matters.oversight_matters_quarter,
        name="oversight_matters_quarter",
    ),
    path("oversight/reviewing", oversight_reviewing.oversight_reviewing, name="oversight_reviewing"),
    path("oversight/alerts", digest.oversight_alerts, name="oversight_alerts"),
    path("oversight/overrides", oversight.oversight_overrides, name="oversight_overrides"),
    path("oversight/supervision", work.oversight_supervision, name="oversight_supervision"),
    path("oversight/quality", work.oversight_quality, name="oversight_quality"),
    path("oversight/needs", work.oversight_needs, name="oversight_needs"),
    path("oversight/pre-proceedings", work.oversight_standards, name="oversight_standards"),
    path("oversight/roles", work.oversight_duties, name="oversight_duties"),
    path("oversight/emergency", emergency.emergency_reviews, name="emergency_reviews"),
    path("oversight/emergency/<int:pk>", emergency.emergency_review, name="emergency_review"),
    path("oversight/looked", looked.looked_at, name="looked_at"),
    path("oversight/looked/<str:public_id>", looked.looked_record, name="looked_record"),
    path("without-worker", working_with.without_worker, name="without_worker"),
    path("cover", cover.cover, name="cover"),
    path("cover/<int:pk>/end", cover.cover_end, name="cover_end"),
    path("people", people.people_list, name="people"),
    path("people/add", people.person_add, name="person_add"),
    path("people/<int:pk>", people.person, name="person"),
    path("people/<int:pk>/roles/<int:role>", people.role_change, name="role_change"),
    path("people/<int:pk>/leaves", people.person_leaves, name="person_leaves"),
    path("people/<int:pk>/link", people.person_link, name="person_link"),
    path("people/<int:pk>/second-step", people.person_second_step, name="person_second_step"),
    path("teams", people.teams, name="teams"),
    path("teams/<int:pk>", people.team, name="team"),
    path("groups", people.groups, name="groups"),
    path("groups/<int:pk>/drop", people.group_drop, name="group_drop"),
    path("import", imports.import_upload, name="import_upload"),
    path("import/<int:pk>", imports.import_show, name="import_show"),
    path("import/<int:pk>/apply", imports.import_apply, name="import_apply"),
    path("import/<int:pk>/problems", imports.import_problems, name="import_problems"),
    path("data-quality", quality.data_quality, name="data_quality"),
    path("policy", policy.policy, name="policy"),
    path("policy/rules", policy.policy_rules, name="policy_rules"),
    path("policy/routes", plan_routes.policy_routes, name="policy_routes"),
    path("policy/words", policy.policy_words, name="policy_words"),
    path("policy/promises", policy.policy_ledger, name="policy_ledger"),
]
