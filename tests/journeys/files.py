"""The files from which the children of the journeys come: a return (SSDA903) and Homeward's own bundle."""

from __future__ import annotations

# PQ, born 20 May 2015: in care since 5 February 2024, in home C since 17 June 2024. RS was matched long ago,
# so that the record holds meetings and permanence: a rule is set aside where no child has what it waits for.
PQ = {
    "header.csv": """CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB
PQ1,2,20/05/2015,WBRI,A123456789012,,
""",
    "episodes.csv": """\
CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN
PQ1,05/02/2024,S,C1,N1,U6,PR1,22/04/2024,X1,CARPL,,,
PQ1,22/04/2024,P,C1,N1,U6,PR1,17/06/2024,X1,CARPL,,,
PQ1,17/06/2024,P,C1,N1,U6,PR1,30/09/2024,X1,,,,
PQ1,30/09/2024,L,C2,N1,U6,PR1,,,,,,
""",
    "reviews.csv": """CHILD,DOB,REVIEW,REVIEW_CODE
PQ1,20/05/2015,04/03/2024,PN1
PQ1,20/05/2015,03/06/2024,PN1
PQ1,20/05/2015,02/12/2024,PN1
""",
    "children.csv": """child,called,born,sex
PQ1,PQ,2015-05-20,F
RS1,RS,2012-03-08,M
""",
    "homes.csv": """child,placement,started,ended,carer
PQ1,U6,2024-02-05,2024-04-22,A
PQ1,U6,2024-04-22,2024-06-17,B
PQ1,U6,2024-06-17,,C
PQ1,U6,2024-13-45,,D
RS1,U4,2020-06-01,,E
""",
    "own_reviews.csv": """child,review,participation
PQ1,2025-06-02,PN1
PQ1,2025-12-01,PN1
""",
    "periods_of_care.csv": """child,started,ended,end_reason,need
RS1,2020-06-01,,,N1
""",
    "legal_statuses.csv": """child,status,started,ended
RS1,C2,2020-06-01,
""",
    "visits.csv": """child,visited
PQ1,2025-12-15
RS1,2025-12-01
""",
    "meetings.csv": """child,meeting,held
RS1,permanence_meeting_held,2022-02-07
RS1,permanence_tracked,2022-02-14
""",
    "plans.csv": """child,position,route,recorded,agreed
PQ1,main,long_term_fostering,2024-06-03,2024-12-02
PQ1,parallel,special_guardianship,2024-06-03,
""",
    "social_workers.csv": """child,worker,started
PQ1,SW1,2024-02-05
RS1,SW9,2021-01-04
""",
    "reviewing_officers.csv": """child,officer,started
PQ1,Ian Marsh,2024-02-07
""",
    "events.csv": """child,kind,on,detail
PQ1,need_identified,2023-11-06,
PQ1,proceedings_issued,2024-02-05,
PQ1,proceedings_concluded,2024-09-30,
RS1,return_home_reviewed,2021-05-10,
RS1,long_term_match_agreed,2022-03-07,
""",
}

# VW, born 25 January 2012: came into care from home on 17 November 2025, to a children's home out of the
# borough on 12 January 2026. TU was matched long ago.
VW = {
    "children.csv": """child,called,born,sex
VW1,VW,2012-01-25,M
TU1,TU,2010-09-30,F
""",
    "periods_of_care.csv": """child,started,ended,end_reason,need
VW1,2025-11-17,,,N1
TU1,2020-06-01,,,N1
""",
    "legal_statuses.csv": """child,status,started,ended
VW1,V2,2025-11-17,
TU1,C2,2020-06-01,
""",
    "homes.csv": """child,placement,started,ended,carer
VW1,U6,2025-11-17,2026-01-12,A
VW1,K2,2026-01-12,,B
TU1,U4,2020-06-01,,E
""",
    "reviews.csv": """child,review,participation
VW1,2025-12-12,PN1
""",
    "social_workers.csv": """child,worker,started
VW1,SW1,2025-11-17
TU1,SW9,2021-01-04
""",
    "events.csv": """child,kind,on,detail
VW1,need_identified,2025-11-03,
TU1,return_home_reviewed,2021-05-10,
TU1,long_term_match_agreed,2022-03-07,
""",
}
