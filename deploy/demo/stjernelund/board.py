"""Who sits in Stjernelund's boards with a vote."""

ORGANISATION_BOARD = ("birgit", "jens", "fatima", "poul.erik", "lone", "amir", "karen", "steen", "mette")
LINDEHAVEN = ("torben", "inge", "yusuf")
